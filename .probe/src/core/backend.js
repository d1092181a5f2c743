/** The types of simulated services: what a user declares, what a tool holds in its hands, what the ledger shows. */
export {};
