/** `stormproof completion`: what a shell needs to complete commands, flags and their values; made from the tables of the command line. */

import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { presetNames } from '../core/preset.js'
import { reaches } from '../explore/pairs.js'
import { strategyNames } from '../explore/strategies.js'
import { reporterNames } from '../report/config.js'
import { type CommandLine, commandNames } from './command-line.js'
import { type Flag, flags } from './flags.js'
import type { Terminal } from './terminal.js'
import { traceFormats } from './trace-format.js'

const shells = { bash, zsh, fish } as const

export function completion(line: CommandLine, terminal: Terminal): number {
  const [shell = ''] = line.words
  const names = Object.keys(shells)
  if (!names.includes(shell))
    throw new StormproofError('usage', `completion needs a shell, ${JSON.stringify(shell)} came`, {
      remedy: didYouMean(shell, names, 'npx stormproof completion bash, zsh or fish'),
    })
  terminal.out(shells[shell as keyof typeof shells]())
  return 0
}

/** Of some flags the values are known, of some they are files. */
const values: Readonly<Record<string, readonly string[]>> = {
  faults: presetNames,
  strategy: strategyNames,
  pairs: reaches,
  reporter: reporterNames,
  progress: ['auto', 'bar', 'line', 'none'],
  format: traceFormats,
}
const words: Readonly<Record<string, readonly string[]>> = {
  list: ['scenarios', 'faults', 'invariants', 'relations'],
  keep: ['list', 'prune', 'F1'],
  help: ['more'],
  completion: Object.keys(shells),
}
const isPath = ({ value }: Flag): boolean => value === 'DIR' || value === 'FILE'
const names = (kind: Flag['kind']): readonly string[] =>
  flags.filter((flag) => flag.kind === kind).map(({ name }) => `--${name}`)

function bash(): string {
  const known = Object.entries(values).map(
    ([flag, some]) => `    --${flag}) COMPREPLY=($(compgen -W "${some.join(' ')}" -- "$word")); return ;;`,
  )
  const paths = flags.filter(isPath).map(({ name }) => `--${name}`)
  const after = Object.entries(words).map(
    ([command, some]) => `    ${command}) COMPREPLY=($(compgen -W "${some.join(' ')}" -- "$word")); return ;;`,
  )
  return `# stormproof completion bash: source <(npx stormproof completion bash)
_stormproof() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [[ "$word" == "=" ]]; then word=""
  elif [[ "$before" == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$before" in
${known.join('\n')}
    ${paths.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "${[...names('text'), ...names('switch')].join(' ')}" -- "$word"))
    return
  fi
  case "$before" in
${after.join('\n')}
    stormproof) COMPREPLY=($(compgen -W "${commandNames.join(' ')}" -- "$word")); return ;;
  esac
  COMPREPLY=($(compgen -f -- "$word"))
}
complete -o default -F _stormproof stormproof
`
}

function zsh(): string {
  const specs = flags.map((flag) => {
    const says = flag.says.replace(/['"\\[\]:$`]/g, ' ')
    const some = values[flag.name]
    const action =
      flag.kind === 'switch' ? '' : `:${flag.value}:${some ? `(${some.join(' ')})` : isPath(flag) ? '_files' : ''}`
    return `    '--${flag.name}${flag.kind === 'text' ? '=' : ''}[${says}]${action}'`
  })
  const after = Object.entries(words).map(([command, some]) => `    ${command}) compadd -- ${some.join(' ')} ;;`)
  return `#compdef stormproof
# stormproof completion zsh: source <(npx stormproof completion zsh)
_stormproof_words() {
  case "\${words[CURRENT-1]}" in
    stormproof) compadd -- ${commandNames.join(' ')}; _files ;;
${after.join('\n')}
    *) _files ;;
  esac
}
_stormproof() {
  _arguments \\
${specs.map((spec) => `${spec} \\`).join('\n')}
    '*::word:_stormproof_words'
}
compdef _stormproof stormproof
`
}

function fish(): string {
  const lines = [
    ...commandNames.map((name) => `complete -c stormproof -n __fish_use_subcommand -a ${name}`),
    ...Object.entries(words).map(
      ([command, some]) => `complete -c stormproof -n '__fish_seen_subcommand_from ${command}' -a '${some.join(' ')}'`,
    ),
    ...flags.map((flag) => {
      const some = values[flag.name]
      const takes = flag.kind === 'switch' ? '' : some ? ` -x -a '${some.join(' ')}'` : isPath(flag) ? ' -r' : ' -x'
      const short = flag.short ? ` -s ${flag.short}` : ''
      return `complete -c stormproof -l ${flag.name}${short}${takes} -d '${flag.says.replace(/['\\]/g, ' ')}'`
    }),
  ]
  return `# stormproof completion fish | source\n${lines.join('\n')}\n`
}
