import { closeSync, openSync, writeSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { LedError } from './drivers.js';
import { ledErrorFrom, systemCode } from './systemFailure.js';

/** A device on an SPI bus that is written to. */
export interface SpiDevice {
  readonly path: string;
  /** @throws {LedError} deviceLost */
  write(bytes: Uint8Array): void;
  /** Safe to call twice. */
  close(): void;
}

/** linux/spi/spidev.h and asm-generic/ioctl.h: _IOW('k', 1, __u8) and _IOW('k', 4, __u32), alike on arm, arm64, x64. */
export const SPI_IOC_WR_MODE = 0x4001_6b01;
export const SPI_IOC_WR_MAX_SPEED_HZ = 0x4004_6b04;

/** Clock idle low, data taken on the rising edge. */
const SPI_MODE_0 = 0;

const ENABLE_SPI =
  'Enable SPI with "sudo raspi-config nonint do_spi 0" (or dtparam=spi=on in /boot/firmware/config.txt) and restart.';

/**
 * Opens an SPI device for writing in mode 0.
 * @param path such as /dev/spidev0.0
 * @throws {LedError} deviceMissing, permissionDenied, deviceBusy or unsupported
 */
export async function openSpiDevice(path: string, speedHz: number): Promise<SpiDevice> {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r+');
    const ioctl = await loadIoctl();
    ioctl(fd, SPI_IOC_WR_MODE, Uint8Array.of(SPI_MODE_0), path);
    ioctl(fd, SPI_IOC_WR_MAX_SPEED_HZ, new Uint8Array(Uint32Array.of(speedHz).buffer), path);
    return openedSpi(path, fd);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (error instanceof LedError) throw error;
    throw ledErrorFrom(error, `the SPI device ${path}`, {
      deviceMissing: ENABLE_SPI,
      permissionDenied: 'Let this user use it: "sudo usermod -aG spi $USER", then log in again or restart the service.',
    });
  }
}

function openedSpi(path: string, fd: number): SpiDevice {
  let state: 'open' | 'closed' = 'open';
  return {
    path,
    write(bytes) {
      try {
        writeSync(fd, bytes);
      } catch (error) {
        throw new LedError(
          'deviceLost',
          `The SPI device ${path} cannot be written (${systemCode(error) ?? String(error)}).`,
          'Check the board and the SPI setting.',
          { cause: error },
        );
      }
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      closeSync(fd);
    },
  };
}

type Ioctl = (fd: number, request: number, argument: Uint8Array, path: string) => void;

/** Node has no ioctl of its own. Loaded on first use: most machines have no SPI device. */
async function loadIoctl(): Promise<Ioctl> {
  const koffi = await loadKoffi();
  const ioctl = koffi.load(null).func('int ioctl(int fd, unsigned long request, ...)');
  return (fd, request, argument, path) => {
    if (ioctl(fd, request, 'uint8_t *', argument) !== -1) return;
    throw new LedError(
      'unsupported',
      `${path} does not work as an SPI device (ioctl 0x${request.toString(16)}, ${getSystemErrorName(-koffi.errno())}).`,
      'Set leds.spi_device to one of /dev/spidev*.',
    );
  };
}

async function loadKoffi(): Promise<typeof import('koffi')['default']> {
  try {
    return (await import('koffi')).default;
  } catch (cause) {
    throw new LedError(
      'unsupported',
      `The library koffi, which sets up SPI devices, does not load on ${process.platform} ${process.arch}.`,
      'Run npm install again on this machine.',
      { cause },
    );
  }
}
