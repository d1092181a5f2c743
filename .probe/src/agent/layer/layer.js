/** What the layers of a call hand to each other. */
export {};
