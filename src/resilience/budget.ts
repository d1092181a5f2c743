/** A budget: reserved before it is spent, charged after. Pure; amounts are tokens or any unit of cost. */

export interface Budget {
  readonly limit: number
  readonly spent: number
  readonly reserved: number
}

/** What cannot be read as an amount is 0: a budget that does not parse is closed. 0 means none. */
export const amountOf = (value: unknown): number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : 0

/** Four characters of its JSON a token. */
export const roughTokens = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 4)

export const budgetOf = (limit: unknown): Budget => ({ limit: amountOf(limit), spent: 0, reserved: 0 })

export const remainder = ({ limit, spent, reserved }: Budget): number => Math.max(0, limit - spent - reserved)

/** Undefined: it does not fit, and nothing changed. */
export const reserve = (budget: Budget, amount: number): Budget | undefined =>
  amount >= 0 && amount <= remainder(budget) && remainder(budget) > 0
    ? { ...budget, reserved: budget.reserved + amount }
    : undefined

/** Gives a reservation back and takes what was used, even where that was more. */
export const charge = (budget: Budget, reserved: number, used: number): Budget => ({
  ...budget,
  reserved: budget.reserved - reserved,
  spent: budget.spent + used,
})
