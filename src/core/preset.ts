/** Names of fault presets: distributions over what goes wrong. What they mean stands in `explore/preset`. */

/** Their names, mildest first. With a `+`, what is lost is lost after its effect as often as before. */
export const presetNames = [
  ...(['none', 'light', 'stormy', 'hostile', 'rb-0.1', 'rb-0.2', 'rb-0.3', 'hal'] as const),
  ...(['rb-0.1+', 'rb-0.2+', 'rb-0.3+', 'hal+'] as const),
] as const

export type Preset = (typeof presetNames)[number]
