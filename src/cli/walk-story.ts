/**
 * The whole interplay, told by a client: logon, questions, a move, a protection, a cancelled and a
 * rejected report, and the person as the register has it in the end. Knows the wire through the
 * client alone.
 */

import type { PlainDate } from '#base/calendar.ts'
import {
  candidatesOf,
  canWalk,
  findDwelling,
  type Ground,
  isHome,
  moveTo,
  town,
  wrongRoad,
} from '#cli/walk-plan.ts'
import type { Printer } from '#cli/walk-printer.ts'
import {
  type GctpClient,
  type IncidentData,
  type IncidentTypeName,
  type MasterData,
  openGctp,
  openJson,
  type Refused,
  type Step,
} from '#client/index.ts'
import type { ReadyAddress } from '#population/scenario-addresses.ts'

/** The walk cannot go on; why has been printed. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

type Walk = {
  readonly ground: Ground
  readonly out: Printer
  readonly today: PlainDate
  readonly citizen: GctpClient
  readonly municipality: GctpClient
}

type Answer<T> = T extends { readonly ok: true } ? T : never

export async function tell(ground: Ground, out: Printer, today: PlainDate): Promise<void> {
  const walk: Walk = {
    ground,
    out,
    today,
    citizen: openAs(ground, out, ({ group }) => group === 'citizen'),
    municipality: openAs(ground, out, ({ authority }) => authority === town),
  }
  await logOn(walk)
  const before = await choosePerson(walk)
  const moved = await move(walk, before)
  await protection(walk, moved)
  await cancelled(walk, moved.pnr)
  await rejected(walk, moved.pnr)
  await finish(walk, before)
}

type Code = Ground['personCodes'][number]

function findCode({ personCodes }: Ground, isIt: (code: Code) => boolean): Code {
  const code = personCodes.find(isIt)
  if (!code) throw new Stopped('The ready file lacks a person code that the walk needs')
  return code
}

function openAs(ground: Ground, out: Printer, isIt: (code: Code) => boolean): GctpClient {
  const { code: userId, password, authority } = findCode(ground, isIt)
  const onMessage = out.message.bind(out)
  return openGctp({ url: ground.cpr, userId, password, authority, onMessage })
}

async function logOn({ out, citizen, municipality }: Walk): Promise<void> {
  out.chapter('Logon')
  out.say('The provider signs on with the person code and password that the CPR Office gave it.')
  const provider = await citizen.signOn()
  out.check('the citizens’ side is signed on (900)', provider.ok)
  out.say('So does the municipality, which will decide.')
  const office = await municipality.signOn()
  out.check('the municipality is signed on (900)', office.ok)
  if (!provider.ok || !office.ok) throw new Stopped('Nobody is signed on')
}

async function choosePerson({ ground, out, citizen, municipality }: Walk): Promise<MasterData> {
  out.chapter('STAMP: a question about a person')
  for (const pnr of candidatesOf(ground)) {
    out.say('The municipality asks for master data: name, status, address, protection.')
    const { masterData } = mustBeOk(out, 'the person is found', await municipality.stamp(pnr))
    if (!canWalk(masterData)) continue
    out.say(
      'The citizens’ side asks the same; of a protected person it is told no name or address.',
    )
    const seen = mustBeOk(out, 'the person is found', await citizen.stamp(pnr)).masterData
    const isHidden = seen.addressingName === undefined && seen.address === undefined
    out.check(
      masterData.nameAndAddressProtected ? 'name and address are hidden' : 'the name is shown',
      isHidden === masterData.nameAndAddressProtected,
    )
    return masterData
  }
  throw new Stopped('None of the persons in the ready file lives here any more')
}

async function move(walk: Walk, before: MasterData): Promise<MasterData> {
  const { ground, out, citizen } = walk
  const target = dwellingFor(walk, before.address)
  out.chapter('A move (FLYT-I) that is approved')
  const begun = await initiate(walk, 'domestic-move', before.pnr)
  out.check('master data come back', begun.masterData?.pnr === before.pnr)
  const { conversation } = begun

  out.say(
    'Validate, with a road that the municipality does not have: refused, and the field named.',
  )
  const wrong = await citizen.validate(conversation, { ...moveTo(target), road: wrongRoad(ground) })
  out.check('it is refused with 9114', !wrong.ok && wrong.receipt.number === 9114)
  out.check('the road is blamed', !wrong.ok && wrong.receipt.details[0]?.field === 'VEJKOD')
  checkState(out, wrong, 'initiated')

  const validated = await validate(walk, begun, moveTo(target), 'Validate, with the right road.')
  out.check('the road comes back in clear text', Boolean(validated.texts['road']))
  await save(walk, validated)
  const waiting = await ask(walk, before.pnr)
  out.check('the register is as before', sameHome(waiting, before))
  out.check('STAMP tells that something waits', waiting.pending)
  await approve(walk, validated)
  const after = await ask(walk, before.pnr)
  out.check('the person now lives at the new address', isHome(target, after.address))
  return after
}

async function protection(walk: Walk, before: MasterData): Promise<void> {
  const { out, citizen } = walk
  const isOn = before.nameAndAddressProtected
  out.chapter(`Name and address protection (NAVBESK-I), ${isOn ? 'ended' : 'on'}, approved`)
  const begun = await initiate(walk, 'name-and-address-protection', before.pnr)
  const data = { action: isOn ? 'off' : 'on' } as const
  const text = isOn
    ? 'Validate: the protection that the person has is to end.'
    : 'Validate: the person is to be protected, for a year as nothing else is said.'
  await save(walk, await validate(walk, begun, data, text))
  const waiting = await ask(walk, before.pnr)
  out.check('the protection is as before', waiting.nameAndAddressProtected === isOn)
  await approve(walk, begun)
  out.say('The citizens’ side asks for the person again.')
  const seen = mustBeOk(out, 'the person is found', await citizen.stamp(before.pnr)).masterData
  out.check(
    `the person is ${isOn ? 'no longer ' : ''}protected`,
    seen.nameAndAddressProtected !== isOn,
  )
  out.check(
    `name and address are ${isOn ? 'shown' : 'hidden'}`,
    (seen.addressingName === undefined) !== isOn && (seen.address === undefined) !== isOn,
  )
}

async function cancelled(walk: Walk, pnr: string): Promise<void> {
  const { out, citizen } = walk
  out.chapter('A move that the citizen cancels')
  const before = await ask(walk, pnr)
  const begun = await initiate(walk, 'domestic-move', pnr)
  const target = dwellingFor(walk, before.address)
  await validate(walk, begun, moveTo(target), 'Validate another address.')
  out.say('Cancel: the citizen thinks better of it. Nothing is kept.')
  const ended = await citizen.cancel(begun.conversation)
  checkState(out, ended, 'cancelled')
  out.check('nothing more can be done with it', ended.ok && ended.actions.length === 0)
  out.check('the register is unchanged', sameRecord(await ask(walk, pnr), before))
}

async function rejected(walk: Walk, pnr: string): Promise<void> {
  const { out, municipality } = walk
  out.chapter('A move that the municipality rejects')
  const before = await ask(walk, pnr)
  const begun = await initiate(walk, 'domestic-move', pnr)
  const target = dwellingFor(walk, before.address)
  await save(walk, await validate(walk, begun, moveTo(target), 'Validate another address.'))
  out.say('The municipality rejects it, with a reason that reaches the citizen.')
  const reason = {
    reasonCode: 'NOT_ACTUAL_RESIDENCE' as const,
    text: 'Boligen er ikke taget i brug',
  }
  checkState(out, await municipality.reject(begun.conversation, reason), 'rejected')
  out.check('the register is unchanged', sameRecord(await ask(walk, pnr), before))
}

async function finish(walk: Walk, { pnr }: MasterData): Promise<void> {
  const { ground, out } = walk
  out.chapter('The person, as the register has it now')
  const stamp = await ask(walk, pnr)
  const { code: personCode, password } = findCode(ground, ({ authority }) => authority === town)
  const question = { pnr, purpose: 'samspil walk' }
  out.say('The municipality asks the same through the JSON door.')
  const found = await openJson({ url: ground.cpr, personCode, password }).lookUp(question)
  const request = `POST /api/v1/persons/lookup\n${JSON.stringify(question, null, 2)}`
  out.exchange(request, found.ok ? found.value : found.problem)
  out.check('both doors tell the same', found.ok && sameRecord(found.value, stamp))
  const { addressingName, standardAddress, address, nameAndAddressProtected } = stamp
  const { code: postcode = '', district = '' } = address?.postcode ?? {}
  out.say(
    `${addressingName} lives at ${standardAddress}, ${postcode} ${district}, and is ` +
      `${nameAndAddressProtected ? '' : 'not '}protected.`,
  )
}

// The steps that the reports share --------------------------------------------------------------

async function initiate<Name extends IncidentTypeName>(
  { out, citizen, today }: Walk,
  type: Name,
  pnr: string,
): Promise<Step<Name>> {
  out.say(
    'Initiate: the keys say what kind of incident, whom it is about, when, and to whom it goes.',
  )
  const keys = { pnr, date: today, municipality: town }
  const begun = mustBeOk(out, 'the keys are accepted', await citizen.initiate(type, keys))
  checkState(out, begun, 'initiated')
  return begun
}

async function validate<Name extends IncidentTypeName>(
  { out, citizen }: Walk,
  { conversation }: Step<Name>,
  data: IncidentData[Name],
  text: string,
): Promise<Step<Name>> {
  out.say(text)
  let result = await citizen.validate(conversation, data)
  if (!result.ok && result.isWarning) {
    out.say('A warning stops a step once. The same is sent again, and passes.')
    result = await citizen.validate(conversation, data)
  }
  const validated = mustBeOk(out, 'the data are approved', result)
  checkState(out, validated, 'validated')
  return validated
}

async function save<Name extends IncidentTypeName>(
  { out, citizen }: Walk,
  { conversation }: Step<Name>,
): Promise<void> {
  out.say('Save: it goes to the pending register, beside the register itself.')
  checkState(out, mustBeOk(out, 'it is saved', await citizen.save(conversation)), 'pending')
}

async function approve<Name extends IncidentTypeName>(
  { out, municipality }: Walk,
  { conversation }: Step<Name>,
): Promise<void> {
  out.say('The municipality approves it: same service, same ts. Now the register changes.')
  const decided = mustBeOk(out, 'it is approved', await municipality.approve(conversation))
  checkState(out, decided, 'approved')
}

async function ask({ out, municipality }: Walk, pnr: string): Promise<MasterData> {
  out.say('What the register says now (STAMP, asked by the municipality).')
  return mustBeOk(out, 'the person is found', await municipality.stamp(pnr)).masterData
}

function dwellingFor({ ground }: Walk, home: MasterData['address']): ReadyAddress {
  const found = findDwelling(ground, home)
  if (!found) throw new Stopped('The ready file names no other dwelling to move to')
  return found
}

function mustBeOk<T extends { readonly ok: true } | Refused>(
  out: Printer,
  expected: string,
  result: T,
): Answer<T> {
  out.check(expected, result.ok)
  if (result.ok) return result as Answer<T>
  throw new Stopped('A step that must be OK was refused, so the walk cannot go on')
}

function checkState(out: Printer, result: Step | Refused, state: Step['state']): void {
  out.check(`it is now ${state}`, result.state === state)
}

function sameHome(one: MasterData, other: MasterData): boolean {
  return JSON.stringify(one.address) === JSON.stringify(other.address)
}

/** All but whether something waits. */
/** STAMP has no field for protections and for the day of the address; the JSON door tells both. */
function sameRecord(one: MasterData, other: MasterData): boolean {
  const record = ({ protections: _, addressFrom: __, ...data }: MasterData) =>
    JSON.stringify(sorted({ ...data, pending: false }))
  return record(one) === record(other)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]))
}
