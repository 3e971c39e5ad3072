/** Where the provider keeps sign-ins that are under way: in memory, gone when it stops. */

import type { Adapter, AdapterPayload } from 'oidc-provider'

type Kept = { readonly payload: AdapterPayload; readonly endsAt: number }

const keptMax = 10_000

/** One for each kind of thing, as the provider asks for them. */
export function memoryAdapter(clock: () => Date): (name: string) => Adapter {
  const all = new Map<string, Kept>()
  return (name) => new Memory(all, name, clock)
}

class Memory implements Adapter {
  readonly #all: Map<string, Kept>
  readonly #name: string
  readonly #clock: () => Date

  constructor(all: Map<string, Kept>, name: string, clock: () => Date) {
    this.#all = all
    this.#name = name
    this.#clock = clock
  }

  async upsert(id: string, payload: AdapterPayload, expiresInS: number): Promise<undefined> {
    const endsAt = this.#clock().valueOf() + (expiresInS || 3600) * 1000
    this.#all.set(this.#key(id), { payload, endsAt })
    // The eldest goes: what is kept is bounded, whoever asks.
    const [eldest] = this.#all.keys()
    if (this.#all.size > keptMax && eldest !== undefined) this.#all.delete(eldest)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const kept = this.#all.get(this.#key(id))
    if (kept === undefined || kept.endsAt <= this.#clock().valueOf()) return undefined
    return kept.payload
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.uid === uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.userCode === userCode)
  }

  async consume(id: string): Promise<undefined> {
    const kept = this.#all.get(this.#key(id))
    if (kept) kept.payload.consumed = Math.floor(this.#clock().valueOf() / 1000)
  }

  async destroy(id: string): Promise<undefined> {
    this.#all.delete(this.#key(id))
  }

  async revokeByGrantId(grantId: string): Promise<undefined> {
    for (const [key, { payload }] of this.#all) {
      if (payload.grantId === grantId) this.#all.delete(key)
    }
  }

  #search(fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = this.#clock().valueOf()
    for (const [key, { payload, endsAt }] of this.#all) {
      if (key.startsWith(`${this.#name}:`) && endsAt > now && fits(payload)) return payload
    }
    return undefined
  }

  #key(id: string): string {
    return `${this.#name}:${id}`
  }
}
