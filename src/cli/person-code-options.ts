/** What the options of the person-code commands take, and why not. Knows no database. */

import { InvalidArgumentError } from 'commander'
import { certificatesMax, readFingerprint } from '#access/certificate.ts'
import { type PersonCode, readPersonCode } from '#access/person-code.ts'
import { readSource, sourcesMax } from '#access/source.ts'

export function readCode(text: string): PersonCode {
  const code = readPersonCode(text)
  if (code === undefined) throw new InvalidArgumentError('A person code is W and seven digits.')
  return code
}

export function readAuthority(text: string): string {
  if (!/^[0-9]{4}$/.test(text)) throw new InvalidArgumentError('An authority is four digits.')
  return text
}

export function addSource(text: string, before: readonly string[] = []): readonly string[] {
  const source = readSource(text)
  if (source === undefined) {
    throw new InvalidArgumentError('An address is IPv4 or IPv6, exact: no range and no name.')
  }
  if (before.length === sourcesMax) throw new InvalidArgumentError(`At most ${sourcesMax}.`)
  return [...before, source]
}

export function addCertificate(text: string, before: readonly string[] = []): readonly string[] {
  const certificate = readFingerprint(text)
  if (certificate === undefined) {
    throw new InvalidArgumentError('It is the SHA-256 of a certificate, as openssl prints it.')
  }
  if (before.length === certificatesMax)
    throw new InvalidArgumentError(`At most ${certificatesMax}.`)
  return [...before, certificate]
}

const overlapMinutesMax = 1440

export function readOverlap(text: string): number {
  const minutes = Number(text)
  if (/^\d{1,4}$/.test(text) && minutes <= overlapMinutesMax) return minutes
  throw new InvalidArgumentError(`Whole minutes, at most ${overlapMinutesMax}.`)
}

const nameLengthMax = 100

export function readName(text: string): string {
  // Control characters could write on the terminal of whoever lists the codes (A24).
  if ([...text].length > nameLengthMax || /\p{C}/u.test(text)) {
    throw new InvalidArgumentError(`A name is one line of at most ${nameLengthMax} characters.`)
  }
  return text
}
