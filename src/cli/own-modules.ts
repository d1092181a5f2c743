/** Our own entries as scenario files import them: the modules of this very process, so that the package is never loaded twice. */

/** By specifier, for a loader that answers imports with modules that are loaded already. */
export async function ownModules(): Promise<Readonly<Record<string, unknown>>> {
  const [main, backends, runtime, check, tool, reporters, register] = await Promise.all([
    import('../index.js'),
    import('../backends.js'),
    import('../runtime.js'),
    import('../check.js'),
    import('../tool.js'),
    import('../reporters.js'),
    import('../register.js'),
  ])
  return {
    stormproof: main,
    'stormproof/backends': backends,
    'stormproof/runtime': runtime,
    'stormproof/check': check,
    'stormproof/tool': tool,
    'stormproof/reporters': reporters,
    'stormproof/register': register,
  }
}
