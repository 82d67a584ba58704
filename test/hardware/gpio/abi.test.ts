import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import koffi, { type TypeObject } from 'koffi';
import * as abi from '../../../hardware/gpio/chardev/abi.js';

/** The structures of <linux/gpio.h>, laid out by koffi as a C compiler does. */
const NAME = koffi.array('char', 32, 'String');
const chipInfo = koffi.struct({ name: NAME, label: NAME, lines: 'uint32' });
const attribute = koffi.struct({ id: 'uint32', padding: 'uint32', value: 'uint64' });
const configAttribute = koffi.struct({ attr: attribute, mask: 'uint64' });
const config = koffi.struct({
  flags: 'uint64',
  num_attrs: 'uint32',
  padding: koffi.array('uint32', 5),
  attrs: koffi.array(configAttribute, 10),
});
const lineRequest = koffi.struct({
  offsets: koffi.array('uint32', 64),
  consumer: NAME,
  config,
  num_lines: 'uint32',
  event_buffer_size: 'uint32',
  padding: koffi.array('uint32', 5),
  fd: 'int32',
});
const lineInfo = koffi.struct({
  name: NAME,
  consumer: NAME,
  offset: 'uint32',
  num_attrs: 'uint32',
  flags: 'uint64',
  attrs: koffi.array(attribute, 10),
  padding: koffi.array('uint32', 4),
});
const lineValues = koffi.struct({ bits: 'uint64', mask: 'uint64' });
const lineEvent = koffi.struct({
  timestamp_ns: 'uint64',
  id: 'uint32',
  offset: 'uint32',
  seqno: 'uint32',
  line_seqno: 'uint32',
  padding: koffi.array('uint32', 6),
});
const pollFd = koffi.struct({ fd: 'int', events: 'short', revents: 'short' });

/** `_IOC` of <asm-generic/ioctl.h>. */
const READ = 2;
const READ_WRITE = 3;
const request = (direction: number, number: number, size: number) =>
  ((direction << 30) | (size << 16) | (0xb4 << 8) | number) >>> 0;

describe("the kernel's GPIO interface", () => {
  it('has request numbers that carry the sizes of their structures', () => {
    assert.equal(abi.GET_CHIP_INFO, request(READ, 0x01, koffi.sizeof(chipInfo)));
    assert.equal(abi.GET_LINE_INFO, request(READ_WRITE, 0x05, koffi.sizeof(lineInfo)));
    assert.equal(abi.GET_LINE, request(READ_WRITE, 0x07, koffi.sizeof(lineRequest)));
    assert.equal(abi.LINE_GET_VALUES, request(READ_WRITE, 0x0e, koffi.sizeof(lineValues)));
    assert.equal(abi.LINE_SET_VALUES, request(READ_WRITE, 0x0f, koffi.sizeof(lineValues)));
    assert.equal(abi.EVENT_SIZE, koffi.sizeof(lineEvent));
  });

  it('is asked for a line with its flags, its consumer and its debounce time', () => {
    const encoded = abi.lineRequest.encode({
      offset: 17,
      consumer: 'a consumer whose name is longer than there is room for',
      flags: abi.LINE_FLAG.input | abi.LINE_FLAG.pullUp,
      debounceUs: 15_000,
      eventBufferSize: 64,
    });
    assert.equal(encoded.length, koffi.sizeof(lineRequest));
    const decoded = koffi.decode(encoded, lineRequest);
    assert.deepEqual([...decoded.offsets.slice(0, 2)], [17, 0]);
    assert.equal(decoded.consumer, 'a consumer whose name is longer');
    assert.equal(decoded.num_lines, 1);
    assert.equal(decoded.event_buffer_size, 64);
    assert.equal(decoded.config.flags, (1 << 2) | (1 << 8));
    assert.equal(decoded.config.num_attrs, 1);
    assert.deepEqual(decoded.config.attrs[0], { attr: { id: 3, padding: 0, value: 15_000 }, mask: 1 });
    assert.equal(decoded.fd, 0);
  });

  it('is asked for no debouncing with no attribute', () => {
    const fields = { offset: 0, consumer: 'x', flags: 0n, debounceUs: 0, eventBufferSize: 0 };
    assert.equal(koffi.decode(abi.lineRequest.encode(fields), lineRequest).config.num_attrs, 0);
  });

  it('tells chips, lines, values and events', () => {
    const filled = (type: TypeObject, value: object) => {
      const buffer = Buffer.alloc(koffi.sizeof(type));
      koffi.encode(buffer, type, value);
      return buffer;
    };
    const chip = filled(chipInfo, { name: 'gpiochip0', label: 'pinctrl-rp1', lines: 54 });
    assert.deepEqual(abi.chipInfo.decode(chip), { name: 'gpiochip0', label: 'pinctrl-rp1', lineCount: 54 });
    assert.equal(abi.chipInfo.empty().length, chip.length);

    const asked = abi.lineInfo.ofLine(17);
    assert.equal(asked.length, koffi.sizeof(lineInfo));
    assert.equal(koffi.decode(asked, lineInfo).offset, 17);
    asked.write('GPIO17', koffi.offsetof(lineInfo, 'name'));
    asked.write('n'.repeat(32), koffi.offsetof(lineInfo, 'consumer'));
    asked.writeUInt8(1, koffi.offsetof(lineInfo, 'flags'));
    assert.deepEqual(abi.lineInfo.decode(asked), { name: 'GPIO17', consumer: 'n'.repeat(32), used: true });

    assert.deepEqual(koffi.decode(abi.lineValues.encode(true), lineValues), { bits: 1, mask: 1 });
    assert.equal(abi.lineValues.active(filled(lineValues, { bits: 1, mask: 1 })), true);
    assert.equal(abi.lineValues.active(filled(lineValues, { bits: 2, mask: 1 })), false);

    const padding = [0, 0, 0, 0, 0, 0];
    const event = (timestamp_ns: number, id: number) =>
      filled(lineEvent, { timestamp_ns, id, offset: 17, seqno: 1, line_seqno: 1, padding });
    assert.deepEqual(abi.decodeEvents(Buffer.concat([event(5_000_000_000, 1), event(6_000_000_000, 2)])), [
      { timestampNs: 5_000_000_000n, active: true },
      { timestampNs: 6_000_000_000n, active: false },
    ]);
  });

  it('is waited for with what poll reads and writes', () => {
    const fds = abi.pollFds.waitingForInput(7, 9);
    assert.equal(fds.length, 2 * koffi.sizeof(pollFd));
    const second = fds.subarray(koffi.sizeof(pollFd));
    assert.deepEqual(koffi.decode(second, pollFd), { fd: 9, events: abi.POLL_IN, revents: 0 });
    second.writeInt16LE(abi.POLL_IN, koffi.offsetof(pollFd, 'revents'));
    assert.deepEqual([abi.pollFds.found(fds, 0), abi.pollFds.found(fds, 1)], [0, abi.POLL_IN]);
  });
});
