/** A world with a scenario in it, from set-up to rest: what is judged as it goes, and what comes of it. */

import type { Agent } from '../agent/agent.js'
import { boundary } from '../box/boundary.js'
import { callSite, userFrame } from '../box/call-site.js'
import { inhabit } from '../box/inhabit.js'
import { real } from '../box/real.js'
import { scopes } from '../box/scopes.js'
import { errorText } from '../box/uncaught.js'
import type { Limit, Watch } from '../check/watch.js'
import { mainSession } from '../core/beside.js'
import type { TrialsCompared } from '../core/compared.js'
import type { RunStatus } from '../core/event.js'
import type { Facts } from '../core/history.js'
import type { CameOut } from '../core/world-event.js'
import type { Source } from '../kernel/source.js'
import { type Ending, World } from '../kernel/world.js'
import type { ScenarioProblem } from '../report/record.js'
import { clientOf } from '../sim/client.js'
import { definitionOf } from '../sim/define-backend.js'
import { type HttpService, httpService } from '../sim/http.js'
import { troubleClock } from '../sim/process-clock.js'
import { type ScriptedModel, scriptedModel } from '../sim/scripted-model.js'
import { bringToLife, type Service } from '../sim/service.js'
import type { Setting } from '../sim/setting.js'
import { weatherOf } from '../sim/shape/weather.js'
import { toldService } from '../sim/told-service.js'
import { type Compiled, compile } from './compile.js'
import { countFaults } from './count-faults.js'
import { provideModels } from './default-provider.js'
import type { Scenario, ScenarioDefinition } from './define-scenario.js'
import { type ForeignProcess, foreignRun } from './foreign-run.js'
import { rootScope } from './host.js'
import { judgeScript } from './judge-script.js'
import { effectCounts, ledgerView } from './ledger-view.js'
import { mswProblem } from './msw-words.js'
import type { Clients, Neighbour } from './neighbour.js'
import { agentOf, judged, type Neighbourhood, neighbourhoodOf, sharedClients, sharedNetwork } from './neighbourhood.js'
import { networkOf } from './network.js'
import { answersNodeHttp } from './node-http-answers.js'
import { ownRun } from './own-run.js'
import { realTimeIn } from './real-time.js'
import { type Chosen, chosenIn } from './relation/choose.js'
import type { Run, Settled } from './run.js'
import { planStormEnd } from './storm-end.js'
import type { TrialResult } from './trial-result.js'
import { versionRemedy } from './version-words.js'
import { type CallMemory, rememberCalls } from './watched-tools.js'

export interface TrialOptions {
  readonly source: Source
  /** The calm day: what its ledger holds is intended, and the script must fit. */
  readonly calm?: boolean
  /** How many effects of each name are intended, from the calm day. */
  readonly intended?: Readonly<Record<string, number>>
  /** Keep the list of all sites reached. */
  readonly keepSites?: boolean
  /** Collect all violations instead of stopping at the first. */
  readonly keepGoing?: boolean
  /** Find the user's source lines: slow, for stories. */
  readonly callSites?: boolean
  /** The scenario is a copy that nobody has run: what its modules keep must not be touched before the trial. */
  readonly fresh?: boolean
  /** How the user's prompt is reworded, by the names of rewordings. Default: not at all. */
  readonly words?: readonly string[]
  /** Further copies, each for the process after one more crash: of what the modules before kept, nothing is left. Default: one process. */
  readonly lives?: readonly Scenario[]
  /** Answers what no backend does: who meets an agent for the first time. */
  readonly stranger?: HttpService
  /** Wall clock at the beginning. No history depends on it. */
  readonly epochMs?: number
  /** Whoever sets the wall clock of the agent's process, it stays right. */
  readonly isWallRight?: boolean
  /** Ends checks of users that never would. */
  readonly limit?: Limit
}

const defaultEpochMs = Date.UTC(2026, 0, 5, 9, 0, 0)
const maxSteps = 10_000
const horizonMs = 600_000
const budgetMs = 86_400_000
/** A world with nothing left to do is stuck only when nothing came after this long in real time. */
const patienceMs = 50
/** How the watch begins the reason of a verdict that it does not have. */
const threw = 'the check threw'
const nothingIntended: Readonly<Record<string, number>> = {}

export class TrialUnderWay {
  readonly #compiled: Compiled
  readonly #options: TrialOptions
  readonly #world: World
  readonly #setting: Setting
  readonly #model: ScriptedModel
  readonly #run: Run
  readonly #agent: Agent<unknown> | undefined
  readonly #watch: Watch
  readonly #facts: Facts
  readonly #problems: ScenarioProblem[] = []
  readonly #console: string[] = []
  readonly #inhabited: { release(): void }
  #beside: Neighbourhood | undefined
  #settled: Settled | undefined
  #chosen: Chosen | undefined
  /** The goal; asked for once, as whoever judges it may change the result. */
  #reached: boolean | undefined

  constructor(compiled: Compiled, options: TrialOptions) {
    this.#compiled = compiled
    this.#options = options
    let watch: Watch | undefined
    const world = new World({
      source: options.source,
      scopes,
      boundary,
      patience: (then) => void real.setTimeout(then, patienceMs),
      epochMs: options.epochMs ?? defaultEpochMs,
      maxSteps,
      horizonMs,
      budgetMs,
      keepSites: options.keepSites ?? false,
      isWallRight: options.isWallRight ?? false,
      onEvent: (event) => {
        watch?.feed(event)
        this.#beside?.see(event)
        if (watch && watch.violations.length > 0 && !options.keepGoing) world.stop()
      },
    })
    this.#world = world
    const memory = rememberCalls(world)
    const setting = this.#settingOf()
    this.#setting = setting
    troubleClock(setting)
    const failedCall = (id: string): boolean => memory.failed.has(id)
    const services = this.#services(setting)
    this.#model = scriptedModel(setting, compiled.plan, failedCall)
    this.#inhabited = this.#inhabit(setting, services, memory)
    const { definition } = compiled
    const clients = sharedClients(this.#clients(setting, services), () => this.#beside)
    const agent = definition.agent?.(clients)
    this.#agent = agent
    setting.subagents = agent && subagentsOf(agent)
    this.#beside = neighbourhoodOf(setting, compiled, agent, (violations) => {
      if (violations > 0 && !options.keepGoing) world.stop()
    })
    this.#facts = compiled.factsFor(agent, options.intended ?? nothingIntended)
    watch = compiled.watcher.begin(this.#facts, options.limit)
    this.#watch = watch
    for (const one of this.#neighbours) one.watch = compiled.watcher.begin(this.#facts, options.limit)
    const settled = (outcome: Settled): void => {
      this.#settled = outcome
    }
    const main = { setting, session: mainSession, model: this.#model, settled, afterMs: this.#beside?.afterMs ?? 0 }
    if (agent) {
      const others = this.#neighbours.map((one) => Object.assign(one, { agent: agentOf(definition, agent, one) }))
      this.#run = ownRun([{ ...main, agent }, ...others], compiled.inWords(options.words))
    } else this.#run = this.#foreign([main, ...this.#neighbours], clients)
  }

  async run(): Promise<Ending> {
    planStormEnd(this.#world, this.#compiled.turns)
    this.#chosen = chosenIn(this.#world)
    const backends = Object.keys(this.#compiled.definition.backends)
    this.#setting.weather = weatherOf(this.#setting, backends, rootScope(this.#world), this.#beside?.brings)
    this.#beside?.begin(this.#setting.weather)
    const ending = await this.#world.run(this.#run.scope(), this.#run.start)
    if (ending === 'stopped') return ending
    if (!this.#settled)
      this.#world.emit(
        'run-settled',
        { status: ending === 'time' ? 'timed-out' : 'waiting', reason: ending, result: undefined },
        'run',
      )
    const truncated = ending === 'steps' || ending === 'time'
    const [timers = 0, ...others] = this.#run.leftTimers()
    if (!truncated) this.#world.emit('rest', { open: [], timers }, 'world')
    this.#watch.rest(truncated)
    for (const [place, one] of this.#neighbours.entries()) {
      if (!truncated) one.world.emit('rest', { open: [], timers: others[place] ?? 0 }, 'world')
      one.watch?.rest(truncated)
    }
    return ending
  }

  release(): void {
    this.#inhabited.release()
  }

  compareClocks(wrong: CameOut, right: CameOut): void {
    this.#world.emit('clock-compared', { wrong, right }, 'world')
  }

  /** What it is compared with when it has ended; undefined: it stands for itself. */
  get chosen(): Chosen | undefined {
    return this.#chosen
  }

  compareWith(like: TrialsCompared): void {
    this.#world.emit('trials-compared', like, 'world')
  }

  result(ending: Ending): TrialResult {
    const world = this.#world
    if (this.#options.calm) {
      const { plan, definition } = this.#compiled
      const { approvers } = definition
      const leftover = this.#model.leftover()
      this.#problems.push(...judgeScript({ plan, events: world.events, leftover, agent: this.#agent, approvers }))
      this.#judgeClock()
      this.#judgeThrow()
    }
    const main = { events: world.events, violations: this.#watch.violations, verdicts: this.#watch.verdicts() }
    const { events, beside, violations, verdicts } = this.#beside
      ? judged(main, this.#neighbours)
      : { beside: [], ...main }
    for (const { invariant, reason } of verdicts) if (reason?.startsWith(threw)) this.#promiseThrew(invariant, reason)
    const status: RunStatus | 'waiting' = this.#settled?.status ?? (ending === 'time' ? 'timed-out' : 'waiting')
    return {
      scenario: this.#compiled.definition.name,
      ending,
      status,
      reason: this.#settled?.reason ?? ending,
      goal: this.#goal(status),
      violations,
      verdicts,
      decisions: world.tape.decisions,
      visited: world.tape.visited,
      faults: countFaults(world),
      problems: this.#problems,
      console: this.#console,
      fingerprint: world.fingerprint.text,
      events,
      beside,
      facts: this.#options.calm ? { ...this.#facts, intended: effectCounts(world.ledger.rows) } : this.#facts,
      steps: world.steps,
      virtualMs: world.now,
    }
  }

  #settingOf(): Setting {
    const { definition, without, allow } = this.#compiled
    const crashes = definition.agent !== undefined || definition.restart !== undefined
    return {
      world: this.#world,
      crash: crashes ? () => this.#run.crash?.() : undefined,
      process: definition.agent && {
        startAgain: (...how) => this.#run.process?.startAgain(...how),
        shutDown: (graceMs) => this.#run.process?.shutDown(graceMs),
      },
      without,
      allow,
      pairing: definition.pairing,
      callSite: this.#options.callSites ? callSite : undefined,
    }
  }

  #services(setting: Setting): ReadonlyMap<string, Service> {
    const services = new Map<string, Service>()
    for (const [key, backend] of Object.entries(this.#compiled.definition.backends)) {
      const own = this.#compiled.customFaults.filter((fault) => fault.backend === backend.name)
      const service = bringToLife(setting.world, key, definitionOf(backend), own)
      services.set(key, this.#compiled.modelled.has(key) ? toldService(setting.world, service) : service)
    }
    return services
  }

  get #neighbours(): readonly Neighbour[] {
    return this.#beside?.all ?? []
  }

  #clients(setting: Setting, services: ReadonlyMap<string, Service>): Clients {
    return Object.fromEntries([...services].map(([key, service]) => [key, clientOf(setting, service)]))
  }

  #foreign(sessions: Parameters<typeof foreignRun>[0], clients: Clients): Run {
    const { definition } = this.#compiled
    const lives = (this.#options.lives ?? []).map((life) => compile(life).definition)
    const processOf = ({ run, restart }: ScenarioDefinition): ForeignProcess => ({
      run: (id) => run?.(clients, id),
      restart: restart && ((id) => restart(clients, id)),
    })
    const next = (): ScenarioDefinition => (lives.length > 1 ? lives.shift() : lives[0]) ?? definition
    return foreignRun(sessions, definition.name, processOf(definition), () => processOf(next()))
  }

  #inhabit(setting: Setting, services: ReadonlyMap<string, Service>, memory: CallMemory): { release(): void } {
    const world = this.#world
    const problem = (found: ScenarioProblem): void => {
      if (!this.#problems.some((known) => known.kind === found.kind && known.what === found.what))
        this.#problems.push(found)
    }
    const known = [...services.values()].map((service) => httpService(setting, service))
    const { stranger } = this.#options
    const http = stranger ? [...known, stranger] : known
    const withdraw = provideModels()
    const { release } = inhabit(world, {
      network: sharedNetwork(
        networkOf(setting, this.#model, http, (id) => memory.failed.has(id), problem),
        () => this.#beside,
        problem,
      ),
      leaks: 'strict',
      nodeHttp: answersNodeHttp(),
      callSites: this.#options.callSites ?? false,
      onLeak: ({ what, where, remedy }) => {
        world.emit('leak', { what, where: '' }, 'run')
        problem({ kind: 'leak', what, where, remedy })
      },
      onUnanswered: ({ method, url, where }) =>
        problem({
          kind: 'unanswered-host',
          what: `your agent asked for a host that no backend answers: ${method} ${url}`,
          where,
          remedy: 'add the route to a backend whose baseUrl is that host',
        }),
      onConsole: (stream, text) => {
        this.#console.push(text)
        const told = mswProblem(text)
        if (told) problem(told)
        // What is printed is part of the history where somebody judges it.
        if (this.#compiled.planted) world.emit('console', { stream, text }, 'run')
      },
      onRejection: (text) => world.emit('unhandled-rejection', { text }, 'run'),
      onExit: (code) =>
        problem({
          kind: 'exit',
          what: `the agent called process.exit(${code})`,
          where: callSite(),
          remedy: 'let the agent return or throw instead of ending the process',
        }),
    })
    return {
      release: () => {
        release()
        withdraw()
      },
    }
  }

  /** Nobody's, once the model has strayed. */
  #goal(status: RunStatus | 'waiting'): boolean | undefined {
    const { success, backends } = this.#compiled.definition
    if (!success || this.#world.events.some(({ type }) => type === 'model-strayed')) return undefined
    if (!this.#settled || this.#settled.result === undefined) return false
    const trial = { ledger: ledgerView(this.#world.ledger, backends), result: this.#settled.result, status }
    const isReached = (): boolean => success(trial) === true
    this.#reached ??= this.#options.limit?.(isReached) ?? isReached()
    return this.#reached
  }

  #judgeClock(): void {
    const now = real.dateNow()
    // A world that lives today has the real time by right.
    if (Math.abs(now - this.#world.epochMs) < 2 * budgetMs) return
    const stamp = realTimeIn(JSON.stringify(this.#world.events), now)
    if (stamp !== undefined)
      this.#problems.push({
        kind: 'leak',
        what: `the real time of day, ${stamp}: your agent took Date before stormproof was registered, or read it while its modules loaded`,
        where: '',
        remedy: 'register first (`node --import stormproof/register`), and read the clock where the agent runs',
      })
  }

  #promiseThrew(invariant: string, reason: string): void {
    const isSituation = this.#compiled.checks.some(({ name, situation }) => situation && name === invariant)
    const what = `the ${isSituation ? 'situation' : 'promise'} "${invariant}" threw${reason.slice(threw.length).replace(/^ at event \d+/, '')}`
    this.#problems.push({
      kind: 'promise-threw',
      what,
      where: '',
      remedy: 'let it judge whatever the ledger holds, and an empty one too',
    })
  }

  /**
   * Without any fault nothing is there to throw about; where something else went wrong, the error is most likely its consequence, as it is
   * the error's that the script was not played to its end.
   */
  #judgeThrow(): void {
    const { error } = this.#settled ?? {}
    if (error === undefined || this.#problems.some(({ kind }) => kind !== 'leftover-script')) return
    const where = error instanceof Error ? userFrame(error.stack ?? '') : ''
    this.#problems.unshift({
      kind: 'agent-threw',
      what: `your agent threw ${errorText(error)}`,
      where,
      remedy: versionRemedy(error) ?? 'let it reach its goal without faults first: mend it, the script or the backends',
    })
  }
}

/** Those of the whole team: a subagent may have its own. */
function subagentsOf({ tools }: Agent<unknown>): ReadonlySet<string> | undefined {
  const own = tools.flatMap(({ name, subagent }) => (subagent ? [name, ...(subagentsOf(subagent.agent) ?? [])] : []))
  return own.length > 0 ? new Set(own) : undefined
}
