/** What the page does with a script: it copies, and j and k go from finding to finding. Without one everything is still there to read. */

export const script = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const text = button.parentElement.querySelector('code').textContent
    try {
      await navigator.clipboard.writeText(text)
      button.textContent = 'copied'
    } catch {
      const range = document.createRange()
      range.selectNodeContents(button.parentElement.querySelector('code'))
      getSelection().removeAllRanges()
      getSelection().addRange(range)
      button.textContent = 'selected'
    }
    setTimeout(() => { button.textContent = 'copy' }, 1500)
  })
}
const findings = [...document.querySelectorAll('article')]
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
  if (event.key !== 'j' && event.key !== 'k') return
  const at = findings.indexOf(document.activeElement)
  const next = findings[Math.min(findings.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))]
  if (!next) return
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start' })
})
`
