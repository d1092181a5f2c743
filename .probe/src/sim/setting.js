/** What everything simulated in one trial shares. */
/** The alternatives of an outcome: `ok` first, then what the scenario tolerates. */
export function outcomes(setting, faults, crashes) {
    const offered = setting.crash ? [...faults, ...crashes] : faults;
    return ['ok', ...offered.filter((name) => !setting.without.has(name))];
}
