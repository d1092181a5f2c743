/** A run of an agent in a world, ours or anyone's: how it starts, dies and comes back, and what it came to. */
export {};
