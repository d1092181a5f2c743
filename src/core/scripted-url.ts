/** Where the scripted model of a simulation answers native adapters. No name server knows the host, so that outside nobody does. */

/** Chat Completions are spoken there. */
export const scriptedUrl = 'https://model.stormproof.invalid/v1/chat/completions'
