/** The record of a campaign: what every reporter is a pure function of. Plain JSON throughout; no wall clock outside `environment`. */
export const schemaVersion = 1;
