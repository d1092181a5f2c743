/** Whether a coding assistant runs this command, by the variables that such programs set. */

export const assistantVariables = [
  ...['AI_AGENT', 'CLAUDECODE', 'CLAUDE_CODE', 'CODEX_SANDBOX', 'CODEX_THREAD_ID', 'COPILOT_AGENT', 'COPILOT_CLI'],
  ...['CURSOR_AGENT', 'GEMINI_CLI', 'GOOSE_PROVIDER', 'OPENCODE', 'AUGMENT_AGENT', 'REPL_ID'],
] as const

export const codingAssistant = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  assistantVariables.some((name) => Boolean(environment[name]))
