/** The words of a history: what a runtime appends to its log, and what the world observes beside it. */
export {};
