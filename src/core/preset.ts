/** Names of fault presets: distributions over what goes wrong. What they mean stands in `explore/preset`. */

export type Preset = 'none' | 'light' | 'stormy' | 'hostile' | 'rb-0.1' | 'rb-0.2' | 'rb-0.3' | 'hal'
