/** How the embedded PostgreSQL is set: durable, on loopback only, and small enough for two cores. */

/** The longest path of a socket that the kernels take, macOS being the shorter one. */
const socketPathMax = process.platform === 'linux' ? 107 : 103

/** Written on the command line, so that no file in the data folder can undo one. */
export function serverSettings(
  port: number,
  socketFolder: string,
): Readonly<Record<string, string>> {
  return {
    cluster_name: 'samspil',
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: fitsSocket(socketFolder) ? socketFolder : '',
    unix_socket_permissions: '0700',

    // The promise: an acknowledged commit survives a power cut. After a failed fsync PostgreSQL
    // must panic and recover, never try again (its manual on data_sync_retry).
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_sync_retry: 'off',

    // Memory and planning for a small machine with a solid-state disk (inferred).
    max_connections: '100',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    wal_buffers: '16MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    // Parallel queries take /dev/shm, of which containers have 64 MB, and two cores gain little.
    max_parallel_workers_per_gather: '0',

    // An open transaction holds back the event feed and the sealer of the audit trail.
    idle_in_transaction_session_timeout: '15s',
    timezone: 'UTC',
    log_timezone: 'UTC',

    // No personal data in the log: errors caused by a statement go to the program that sent it,
    // and neither statements nor the values in DETAIL are written.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }
}

/** Whether PostgreSQL can make its socket there; it refuses to start when it cannot. */
export function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(`${folder}/.s.PGSQL.65535`) <= socketPathMax && !folder.includes(',')
}
