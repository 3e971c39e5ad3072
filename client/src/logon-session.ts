/**
 * The logon session of a client, the same for both doors: signs on when there is no token, and once
 * more when the token does not hold. It knows neither passwords nor messages.
 */

export type SignedOn<Refusal, Said> =
  | { readonly kind: 'signed-on'; readonly token: string; readonly said: Said }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export class LogonSession<Refusal, Said> {
  readonly #signOn: () => Promise<SignedOn<Refusal, Said>>
  #token: string | undefined
  #refusal: Refusal | undefined
  #under: Promise<SignedOn<Refusal, Said>> | undefined

  constructor(signOn: () => Promise<SignedOn<Refusal, Said>>) {
    this.#signOn = signOn
  }

  get token(): string | undefined {
    return this.#token
  }

  /** Forgets the token and an earlier refusal: the password is another now, or the user left. */
  forget(): void {
    this.#token = undefined
    this.#refusal = undefined
  }

  /** Signs on now. Several at once share one sign-on. */
  async signOn(): Promise<SignedOn<Refusal, Said>> {
    this.#under ??= this.#signOn().finally(() => {
      this.#under = undefined
    })
    const signed = await this.#under
    this.#token = signed.kind === 'signed-on' ? signed.token : undefined
    this.#refusal = signed.kind === 'refused' ? signed.refusal : undefined
    return signed
  }

  /**
   * Does the work with a token. When the answer says that the token does not hold (901), signs on
   * once and does the work once more. After a refused sign-on it does not try again by itself: the
   * fifth wrong password in a row locks the person code.
   */
  async run<Answer>(
    work: (token: string) => Promise<Answer>,
    isUnknown: (answer: Answer) => boolean,
  ): Promise<
    | { readonly kind: 'answered'; readonly answer: Answer }
    | { readonly kind: 'refused'; readonly refusal: Refusal }
  > {
    if (this.#refusal !== undefined) return { kind: 'refused', refusal: this.#refusal }
    const had = this.#token
    const first =
      had === undefined ? await this.signOn() : ({ kind: 'signed-on', token: had } as const)
    if (first.kind === 'refused') return first
    const answer = await work(first.token)
    if (had === undefined || !isUnknown(answer)) return { kind: 'answered', answer }
    // Another call may have renewed it in the meantime.
    const renewed =
      this.#token !== undefined && this.#token !== had
        ? ({ kind: 'signed-on', token: this.#token } as const)
        : await this.signOn()
    if (renewed.kind === 'refused') return renewed
    return { kind: 'answered', answer: await work(renewed.token) }
  }
}
