/** Canonical messages between runtime and model. Provider formats are encodings of these (`provider/`). */
export {};
