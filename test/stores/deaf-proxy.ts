/** Stands before a Postgres server and swallows the answer to the first write of a log or a cell: the connection is cut instead. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

const write = /INSERT INTO \w+\.(append|cell) /

export async function deafProxy(url: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let isSpent = false
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    let isArmed = false
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes) => {
      isArmed ||= !isSpent && write.test(bytes.toString('latin1'))
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (!isArmed) return near.write(bytes)
      isSpent = true
      return near.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String((server.address() as AddressInfo).port)
  return {
    url: own.href,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
