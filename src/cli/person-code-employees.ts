/** The person-code command that states whose a code is, for the control of the log. Prints no number. */

import { type Command, InvalidArgumentError } from 'commander'
import type { PersonCode } from '#access/person-code.ts'
import {
  administratorOf,
  type ChangeOptions,
  inDatabase,
  type Kit,
  print,
  withChange,
} from '#cli/person-code-kit.ts'
import { readCode } from '#cli/person-code-options.ts'
import { readPnr } from '#register/pnr.ts'
import { stateEmployee } from '#store/employees.ts'

export function addEmployeeCommand(family: Command, kit: Kit): void {
  withChange(family.command('employee'))
    .description('state who uses it, for the control of the log; the number is never shown')
    .argument('<code>', 'the person code', readCode)
    .argument('<pnr>', "its user's personal number, or none to take it back", readUser)
    .action(async (code: PersonCode, user: User, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const by = administratorOf(kit, options)
        const isStated = await stateEmployee({ pool, random }, code, user.pnr, by)
        if (!isStated) return `there is no person code ${code} in use`
        const line =
          user.pnr === undefined
            ? `Nobody is stated to use ${code} any more.`
            : `It is stated who uses ${code}.`
        return print(kit, options, { code, stated: user.pnr !== undefined }, [line])
      })
    })
}

/** Undefined: nobody is stated. */
type User = { readonly pnr: string | undefined }

function readUser(text: string): User {
  if (text === 'none') return { pnr: undefined }
  const pnr = readPnr(text)
  if (pnr === undefined) throw new InvalidArgumentError('Ten digits that are a personal number.')
  return { pnr }
}
