/** What the page does with a script: it copies, searches, goes from finding to finding, and opens all for a printer. Without one everything is still there to read. */

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
const articles = [...document.querySelectorAll('article')]
const help = document.getElementById('keys')
const field = document.getElementById('search')
function go(by) {
  const shown = articles.filter((article) => !article.hidden)
  const at = shown.indexOf(document.activeElement)
  const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))]
  if (!next) return
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start' })
}
function search() {
  const words = field.value.toLowerCase().split(/\\s+/)
  const stories = articles.filter((article) => article.id !== '')
  for (const article of stories) {
    const text = article.textContent.toLowerCase()
    article.hidden = !words.every((word) => text.includes(word))
  }
  const shown = stories.filter((article) => !article.hidden).length
  document.getElementById('found').textContent = field.value === '' ? '' : shown + ' of ' + stories.length
}
if (field) {
  field.parentElement.hidden = false
  field.addEventListener('input', search)
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go(1)
    if (event.key !== 'Escape') return
    field.value = ''
    search()
    field.blur()
  })
}
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
  if (event.key === '?') help.open ? help.close() : help.showModal()
  if (help.open) return
  if (event.key === 'j') go(1)
  if (event.key === 'k') go(-1)
  if (event.key !== '/' || !field) return
  event.preventDefault()
  field.focus()
})
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
`
