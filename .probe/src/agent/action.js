/** The one union of what a run can have to do next. */
export {};
