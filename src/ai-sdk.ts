/** The entry `stormproof/ai-sdk`: language models of the AI SDK for agents of `stormproof/runtime`. */

export { fromLanguageModel } from './adapter/from-language-model.js'
