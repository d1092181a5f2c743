/** The report opened from `file://` in Chromium: what it shows without script, that it is quiet, reachable and harmless. */

import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { htmlReport } from '../../reporters/html.js'
import type { CampaignRecord } from '../../src/report/record.js'
import * as records from '../golden/records.js'

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const found = places.find((path) => path !== undefined && existsSync(path))
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const folder = mkdtempSync(join(tmpdir(), 'stormproof-page-'))
/** `SCREENSHOTS=dir` keeps what was seen, to be looked at. */
const screenshots = process.env['SCREENSHOTS']

let browser: Browser
beforeAll(async () => {
  if (!found) throw new Error('no Chromium here: apt-get install chromium, or name one in CHROMIUM')
  browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox'] })
})
afterAll(() => browser?.close())

/** Opens a record's page; all that it says on the console or asks of a network is kept. */
async function opened(record: CampaignRecord, options: BrowserContextOptions = {}) {
  const file = join(folder, `${Math.abs(JSON.stringify(record).length)}-${Object.keys(options).join('-')}.html`)
  writeFileSync(file, htmlReport(record))
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const noise: string[] = []
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => noise.push(String(error)))
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) noise.push(`request: ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href)
  return { page, noise, close: () => context.close() }
}

const firstScreen = [
  '✗ FAIL',
  'shop.refund(A-7, 4900) happened twice',
  '589 of 600',
  'F1',
  'Not tested',
  'tool/timeout-after-effect',
]

describe.each<[string, BrowserContextOptions]>([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
  ['without script', { javaScriptEnabled: false }],
])('%s', (name, options) => {
  it('shows result, findings, what was not tested and the matrix, quietly', async () => {
    const { page, noise, close } = await opened(records.failing, options)
    const text = await page.locator('body').innerText()
    for (const part of firstScreen) expect(text).toContain(part)
    if (screenshots)
      await page.screenshot({ path: join(screenshots, `${name.replaceAll(' ', '-')}.png`), fullPage: true })
    expect(noise).toEqual([])
    await close()
  })

  it.each([
    ['one finding', records.failing],
    ['many', records.busy],
  ])('is no wider than its window: %s', async (_what, record) => {
    const { page, close } = await opened(record, options)
    if (screenshots && record === records.busy)
      await page.screenshot({ path: join(screenshots, `busy-${name.replaceAll(' ', '-')}.png`), fullPage: true })
    if (options.javaScriptEnabled !== false) {
      const [content, window] = await page.evaluate<number[]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )
      expect(content).toBeLessThanOrEqual(window as number)
    }
    await close()
  })
})

describe('the first screen', () => {
  const bottomOf = async (page: Page, text: string): Promise<number> => {
    const box = await page.getByText(text, { exact: true }).first().boundingBox()
    return (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)
  }

  it('holds findings, what was not tested beside them, and the worst faults', async () => {
    const { page, close } = await opened(records.failing)
    const heights = await Promise.all(['Findings (1)', 'Not tested'].map((text) => bottomOf(page, text)))
    expect(heights[0]).toBe(heights[1])
    expect(await bottomOf(page, 'tool/timeout-after-effect')).toBeLessThan(900)
    await close()
  })

  it('folds the faults that broke nothing, and those that met no storm', async () => {
    const { page, close } = await opened(records.busy)
    const shown = await page.locator('.matrix tbody tr:visible').count()
    const all = await page.locator('.matrix tbody tr').count()
    expect([shown, all]).toEqual([4, 72])
    await page.getByText('kinds of fault landed and broke nothing').click()
    expect(await page.locator('.matrix tbody tr:visible').count()).toBe(69)
    await close()
  })
})

/** What axe calls serious or worse. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await import('node:fs').then(({ readFileSync }) => readFileSync(axe, 'utf8')))
  const found = await page.evaluate<any>('axe.run(document)')
  return found.violations
    .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
        `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
    )
}

test.each([
  ['failing, light', records.failing, 'light'],
  ['failing, dark', records.failing, 'dark'],
  ['busy, light', records.busy, 'light'],
  ['busy, dark', records.busy, 'dark'],
  ['passing', records.passing, 'light'],
  ['scenario error', records.scenarioError, 'light'],
  ['not repeatable', records.notRepeatable, 'dark'],
] as const)('axe finds no serious violation: %s', async (_name, record, colorScheme) => {
  // axe itself is no part of the page: its policy is set aside for it.
  const { page, close } = await opened(record, { colorScheme, bypassCSP: true })
  expect(await violations(page)).toEqual([])
  await close()
})

test.each([
  '<img src=x onerror="alert(1)">',
  '"><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  'javascript:alert(1)',
])('%j stays text in every field', async (text) => {
  const { page, noise, close } = await opened(records.hostile(text))
  expect(await page.locator('body').innerText()).toContain(text)
  expect(await page.locator('img, iframe, object, a[href^="javascript"]').count()).toBe(0)
  expect(await page.locator('script').count()).toBe(1)
  expect(noise).toEqual([])
  await close()
})

test('what is not ours cannot run, even if it got in: the policy of the page refuses it', async () => {
  const { page, noise, close } = await opened(records.failing)
  await page.evaluate(`{
    const script = document.createElement('script')
    script.textContent = 'globalThis.ran = true'
    document.body.append(script)
  }`)
  expect(await page.evaluate('globalThis.ran')).toBeUndefined()
  expect(noise.join()).toContain('Content Security Policy')
  await close()
})

describe('by keyboard', () => {
  it('j and k go from finding to finding', async () => {
    const [scenario] = records.failing.scenarios
    const findings = ['F1', 'F2', 'F3'].map((id) => ({ ...records.finding, id }))
    const { page, close } = await opened({ ...records.failing, scenarios: [{ ...scenario!, findings }] })
    const at = () => page.evaluate('document.activeElement.id')
    const seen: unknown[] = []
    for (const key of ['j', 'j', 'k', 'j', 'j', 'j']) {
      await page.keyboard.press(key)
      seen.push(await at())
    }
    expect(seen).toEqual(['F1', 'F2', 'F1', 'F2', 'F3', 'F3'])
    await close()
  })

  it('/ searches the findings, Escape shows all again', async () => {
    const [scenario] = records.failing.scenarios
    const findings = ['F1', 'F2', 'F3'].map((id) => ({ ...records.finding, id, usual: `way out ${id}` }))
    const { page, noise, close } = await opened({ ...records.failing, scenarios: [{ ...scenario!, findings }] })
    await page.keyboard.press('/')
    await page.keyboard.type('REFUND f2')
    expect(await page.locator('article:visible').count()).toBe(1)
    expect(await page.locator('#found').innerText()).toBe('1 of 3')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('F2')
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    expect(await page.locator('article:visible').count()).toBe(3)
    expect(noise).toEqual([])
    await close()
  })

  it('? lists the keys and hides the list again', async () => {
    const { page, close } = await opened(records.failing)
    expect(await page.getByText('next finding').isVisible()).toBe(false)
    await page.keyboard.press('?')
    expect(await page.getByText('next finding').isVisible()).toBe(true)
    if (screenshots) await page.screenshot({ path: join(screenshots, 'keys.png') })
    await page.keyboard.press('Escape')
    expect(await page.getByText('next finding').isVisible()).toBe(false)
    await close()
  })

  it('the first stop is the way past the header', async () => {
    const { page, close } = await opened(records.failing)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('to the findings')
    await close()
  })
})

test('printed, it is dark on white with everything open', async () => {
  const { page, close } = await opened(records.failing, { colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print' })
  await page.evaluate("dispatchEvent(new Event('beforeprint'))")
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  expect(await page.locator('details:not([open])').count()).toBe(0)
  expect(await page.getByText('shop.refund {"orderId":"A-7","cents":4900}').first().isVisible()).toBe(true)
  expect(await page.locator('button:visible').count()).toBe(0)
  if (screenshots) await page.screenshot({ path: join(screenshots, 'print.png'), fullPage: true })
  await page.evaluate("dispatchEvent(new Event('afterprint'))")
  expect(await page.locator('details[open]').count()).toBe(0)
  await close()
})

test('the state is told from event to event', async () => {
  const { page, close } = await opened(records.failing)
  await page.getByText('State from event to event').click()
  const rows = await page.locator('details:has-text("State from event to event") tbody tr').allInnerTexts()
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.join('\n')).toContain('turn 2')
  await close()
})

test('10,000 trials and 20 findings can be used within a second', async () => {
  const [scenario] = records.failing.scenarios
  const scenarios = Array.from({ length: 20 }, (_, index) => ({
    ...scenario!,
    name: `scenario-${index}`,
    storms: 500,
    findings: [{ ...records.finding, id: `F${index + 1}` }],
  }))
  const { page, close } = await opened({ ...records.failing, trials: 500, scenarios })
  const interactiveMs = await page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
  expect(interactiveMs).toBeLessThan(1_000)
  await close()
})
