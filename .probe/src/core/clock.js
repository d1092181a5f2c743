/** The ports of time and chance. Monotonic time measures; wall time is for people and never for logic. */
export {};
