/** What chooses at a site. The source owns every probability, cap and subset; the world knows none. */
/** The calm day: always the simplest. */
export const simplest = { pick: () => 0, below: () => 0 };
