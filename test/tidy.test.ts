/** The rules of the house, read off the code. `test/tidy/` has one file a rule; `test/tidy/rules.test.ts` shows each of them failing. */

import { expect, test } from 'vitest'
import { ambientUses } from './tidy/ambient.js'
import { strayArrows } from './tidy/arrows.js'
import { importCycles } from './tidy/cycles.js'
import { deadExports } from './tidy/dead-exports.js'
import { expectNone } from './tidy/finding.js'
import { machineNames, narrowedTests, openNotes } from './tidy/leftovers.js'
import { bannedNames, oddFileNames } from './tidy/names.js'
import { silentOpenings } from './tidy/opening.js'
import { ownGetters } from './tidy/own-getters.js'
import { grownRuntime } from './tidy/runtime-size.js'
import { privateImports } from './tidy/scenario-imports.js'
import { longFiles, longFunctions, longMedian } from './tidy/size.js'
import { readTree } from './tidy/tree.js'

const tree = readTree()

test('the rules read the whole house', () => {
  for (const folder of ['src/core', 'src/kernel', 'reporters', 'scenarios', 'test/tidy'])
    expect(
      tree.some((file) => file.isCode && file.isIn([folder])),
      folder,
    ).toBe(true)
})

test('imports follow the table, and packages come in only where it says', () => expectNone(strayArrows(tree)))
test('no files wait for each other while they load', () => expectNone(importCycles(tree)))
test('scenarios import only what a user can install', () => expectNone(privateImports(tree)))
test('everything exported is imported by somebody', () => expectNone(deadExports(tree)))
test('files have at most 400 lines', () => expectNone(longFiles(tree)))
test('the median file has fewer than 100 lines', () => expectNone(longMedian(tree)))
test('the runtime has no more lines than it had', () => expectNone(grownRuntime(tree)))
test('functions have at most 70 lines', () => expectNone(longFunctions(tree)))
test('time, chance, timers, network and process are reached only at the edge', () => expectNone(ambientUses(tree)))
test('no object made in a trial has getters of its own', () => expectNone(ownGetters(tree)))
test('files and folders are named in kebab-case', () => expectNone(oddFileNames(tree)))
test('names use the words of the glossary', () => expectNone(bannedNames(tree)))
test('every file says first what it is about', () => expectNone(silentOpenings(tree)))
test('no test is left out or runs alone', () => expectNone(narrowedTests(tree)))
test('no note to oneself is left', () => expectNone(openNotes(tree)))
test('no text names the machine it was written on', () => expectNone(machineNames(tree)))
