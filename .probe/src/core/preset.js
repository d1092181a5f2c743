/** Names of fault presets: distributions over what goes wrong. What they mean stands in `explore/preset`. */
export {};
