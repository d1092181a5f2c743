/** What the simulated model sends back, before a port or a provider's wire dresses it. */
export {};
