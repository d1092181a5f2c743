/** Near matches for what was mistyped. */

/** At most three names, nearest first: those within a third of their length, or that contain what was typed. */
export function nearest(typed: string, names: Iterable<string>): readonly string[] {
  const text = typed.toLowerCase()
  const ranked = [...new Set(names)]
    .map((name) => ({
      name,
      distance: text.length > 2 && name.toLowerCase().includes(text) ? 1 : editDistance(text, name.toLowerCase()),
    }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, text.length) / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return ranked.slice(0, 3).map(({ name }) => name)
}

/** `did you mean a or b?`, or the fallback where nothing is near. */
export function didYouMean(typed: string, names: Iterable<string>, fallback: string): string {
  const near = nearest(typed, names)
  return near.length === 0 ? fallback : `did you mean ${near.join(' or ')}?`
}

/** Insertions, deletions, substitutions and swaps of neighbours. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    const above = rows[i - 1] as number[]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, ((rows[i - 2] as number[])[j - 2] as number) + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return (rows[a.length] as number[])[b.length] as number
}
