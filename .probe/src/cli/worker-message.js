/** What the command line and its worker processes say to each other: plain JSON. */
export {};
