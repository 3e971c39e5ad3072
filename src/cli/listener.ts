/** How the programs listen, and how much they take, by the settings. */

import type { Settings } from '#base/settings.ts'
import { type Limits, usualLimits } from '#casework/house.ts'
import type { ListenerSettings } from '#http/listener.ts'
import type { ProxySettings } from '#http/source.ts'
import type { TlsFiles } from '#http/tls.ts'
import type { SelfServiceSettings } from '#self-service/settings.ts'

export function listenerOf(settings: Settings): ListenerSettings {
  const { hosts, sockets, socketsPerSource } = settings
  return {
    hosts: hosts.map((host) => host.toLowerCase()),
    socketsMax: sockets,
    socketsPerSourceMax: socketsPerSource,
    proxy: { ...proxyOf(settings), tellers: settings.desks ?? [] },
    tls: tlsOf(settings),
  }
}

export function limitsOf({ openPerCode, pendingPerCode }: Settings): Limits {
  return { ...usualLimits, openPerCodeMax: openPerCode, pendingPerCodeMax: pendingPerCode }
}

/** `usualScale`: of the budgets and of the pages' limits, where no setting says it. */
export function pageLimitsOf(
  { budgetScale, processes, proxies = [], proxyHeader }: Settings,
  usualScale = 1,
): SelfServiceSettings['limits'] {
  const proxy = { proxies, header: proxyHeader }
  return { scale: budgetScale ?? usualScale, processes, proxy }
}

/**
 * The programs with pages speak plain HTTP, so where browsers use HTTPS somebody stands between.
 * If nobody said who, all visitors would count as one.
 */
export function requireProxies({ proxies }: Settings, origin: string): void {
  if (origin.startsWith('https:') && proxies === undefined) {
    throw new Error(
      'Set SAMSPIL_PROXIES to the proxy that takes HTTPS for these pages, or all visitors count as one',
    )
  }
}

/** Nobody tells a certificate where nobody is believed. */
function proxyOf({ proxies = [], proxyHeader: header, proxyCertificate }: Settings): ProxySettings {
  if (proxyCertificate === 'none') return { proxies, header }
  if (proxies.length > 0) return { proxies, header, certificateHeader: proxyCertificate }
  throw new Error('SAMSPIL_PROXY_CERTIFICATE needs SAMSPIL_PROXIES')
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
