/** What a check concludes: three values, and the few events that show it. */
export {};
