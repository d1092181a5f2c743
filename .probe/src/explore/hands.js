/** Hands run trials for a campaign, in this process or in another: all that passes through them is plain JSON. */
export {};
