/** A share between 0 and 1 in words: `12 %`; near the ends, where a decimal tells more, `99.6 %`. */

export const percent = (share: number): string => `${(share * 100).toFixed(share > 0.1 && share < 0.9 ? 0 : 1)} %`
