/** What one trial leaves behind, in memory: whoever asked for it keeps what it needs. */
export {};
