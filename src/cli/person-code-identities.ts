/** The person-code commands for identities of OpenID providers: link and unlink. */

import type { Command } from 'commander'
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
import { whyNotMoved } from '#cli/person-code-text.ts'
import { type IdentityName, linkIdentity, unlinkIdentities } from '#store/federated.ts'

export function addIdentityCommands(family: Command, kit: Kit): void {
  withChange(family.command('link'))
    .description('let an identity of an OpenID provider sign on with it')
    .argument('<code>', 'the person code', readCode)
    .requiredOption('--issuer <url>', 'the provider, exactly as its ID tokens name it')
    .requiredOption('--subject <sub>', 'the person, as the provider names them')
    .action(async (code: PersonCode, options: ChangeOptions & IdentityName, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const by = administratorOf(kit, options)
        const linked = await linkIdentity({ pool, random }, code, options, by)
        if (linked === 'no-such-code') return whyNotMoved({ kind: linked }, code)
        if (linked === 'taken') return 'that identity is linked already; unlink it first'
        return print(kit, options, { code, done: 'link' }, [`The identity opens ${code}.`])
      })
    })

  withChange(family.command('unlink'))
    .description('let no identity sign on with it any more; ends all tokens')
    .argument('<code>', 'the person code', readCode)
    .action(async (code: PersonCode, options: ChangeOptions, command: Command) => {
      await inDatabase(kit, options, command, async (pool) => {
        const { random } = kit.surroundings
        const by = administratorOf(kit, options)
        const removed = await unlinkIdentities({ pool, random }, code, by)
        if (removed === 0) return `no identity is linked to ${code}`
        return print(kit, options, { code, removed }, [`No identity opens ${code} any more.`])
      })
    })
}
