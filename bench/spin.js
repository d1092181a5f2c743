/** Child of `workers.js`: counts when asked, to show what the machine itself gives to a second process. */

process.on('message', (milliseconds) => {
  const until = performance.now() + milliseconds
  let counted = 0
  while (performance.now() < until) for (let i = 0; i < 10_000; i++) counted++
  process.send?.(counted / milliseconds)
})
process.on('disconnect', () => process.exit())
