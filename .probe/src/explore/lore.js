/** The promises a scenario is judged by, in words: its own first, then the catalogue. */
import { compile } from '../scenario/compile.js';
/** In the order in which violations of one event are recorded. */
export const invariantsOf = (scenario) => compile(scenario).checks.map(infoOf);
const infoOf = ({ name, says, usual, relation }) => ({
    name,
    says,
    usual,
    relation: relation ?? false,
});
