import { liveInTheBox } from './in-the-box.ts'

liveInTheBox((name) => !name.includes('stream'))
