/** What is declared about a tool, for checks that must know whether it is safe to try again. */
/** The declaration of a tool; undefined for names that the agent does not have. */
export function toolFacts(facts, name) {
    for (const tool of facts.tools)
        if (tool.name === name)
            return tool;
    return undefined;
}
/** True when doing it twice may do it twice: nothing ties two tries together. */
export const isDoubtful = (tool) => tool.effect !== 'read' && tool.idempotency === 'none';
