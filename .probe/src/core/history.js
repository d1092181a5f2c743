/** A history: all that happened in one simulation, in one total order, with what a check must know about the agent. */
export {};
