/** What search needs of whoever runs trials and knows the checks; `scenario/` and `check/` provide it, tests fake it. */
export {};
