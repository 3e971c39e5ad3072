/** How the CPR server listens, and how much it takes, by the settings. */

import type { Settings } from '#base/settings.ts'
import { type Limits, usualLimits } from '#casework/house.ts'
import type { ListenerSettings } from '#http/listener.ts'
import type { TlsFiles } from '#http/tls.ts'

export function listenerOf(settings: Settings): ListenerSettings {
  const { hosts, sockets, socketsPerSource, proxies = [], proxyHeader } = settings
  return {
    hosts: hosts.map((host) => host.toLowerCase()),
    socketsMax: sockets,
    socketsPerSourceMax: socketsPerSource,
    proxy: { proxies, header: proxyHeader },
    tls: tlsOf(settings),
  }
}

export function limitsOf({ openPerCode, pendingPerCode }: Settings): Limits {
  return { ...usualLimits, openPerCodeMax: openPerCode, pendingPerCodeMax: pendingPerCode }
}

/** A certificate needs its key, and clients can only be asked for theirs over TLS. */
function tlsOf({ tlsCertificate, tlsKey, tlsClientAuthority }: Settings): TlsFiles | undefined {
  if (tlsCertificate !== undefined && tlsKey !== undefined) {
    return { certificate: tlsCertificate, key: tlsKey, clientAuthority: tlsClientAuthority }
  }
  if ([tlsCertificate, tlsKey, tlsClientAuthority].some((path) => path !== undefined)) {
    throw new Error('TLS needs both SAMSPIL_TLS_CERTIFICATE_FILE and SAMSPIL_TLS_KEY_FILE')
  }
  return undefined
}
