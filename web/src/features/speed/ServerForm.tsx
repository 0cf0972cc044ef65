import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/http';
import type { IperfServer } from '../../api/types';
import { useServerSave } from '../../data/actions';
import { say } from '../../messages/en';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';

interface ServerFormProps {
  server?: IperfServer;
  onClose: () => void;
}
type Faults = Partial<Record<'name' | 'host' | 'port', string>>;

export function ServerForm({ server, onClose }: ServerFormProps) {
  const [name, setName] = useState(server?.name ?? '');
  const [host, setHost] = useState(server?.host ?? '');
  const [port, setPort] = useState(String(server?.port ?? 5201));
  const [faults, setFaults] = useState<Faults>({});
  const save = useServerSave(server?.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = host.trim();
    const found: Faults = {
      ...(address === ''
        ? { host: say.speed.hostFault }
        : address.startsWith('-') || !/^[\p{L}\p{N}._:%-]{1,253}$/u.test(address)
          ? { host: say.form.faults.targetChars }
          : {}),
      ...(/^\d+$/.test(port.trim()) && Number(port) >= 1 && Number(port) <= 65_535 ? {} : { port: say.speed.portFault }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    save.mutate(
      { name: name.trim() || address, host: address, port: Number(port) },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (error instanceof Problem)
            setFaults(Object.fromEntries(error.faults.map((fault) => [fault.pointer.replace(/^[#/]*/, ''), fault.detail])));
        },
      },
    );
  };
  return (
    <Dialog title={server ? say.speed.editServer : say.speed.addServer} onClose={onClose}>
      <form noValidate onSubmit={submit} className="mt-3 grid grid-cols-[1fr_96px] gap-x-3 gap-y-1.5">
        <Field
          className="col-span-full"
          label={say.words.name}
          name="name"
          value={name}
          onValue={setName}
          fault={faults.name}
          hint={say.form.nameHint}
          placeholder={host}
          maxLength={200}
          autoComplete="off"
        />
        <Field
          label={say.speed.host}
          name="host"
          value={host}
          onValue={setHost}
          fault={faults.host}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
        />
        <Field label={say.speed.port} name="port" value={port} onValue={setPort} fault={faults.port} inputMode="numeric" />
        {save.error && !(save.error instanceof Problem && save.error.faults.length > 0) && (
          <p className="banner crit col-span-full" role="alert">
            <span className="crit">✕</span> {save.error.message}
          </p>
        )}
        <div className="col-span-full mt-1 flex justify-end gap-2">
          <button type="button" className="btn quiet" onClick={onClose}>
            {say.monitors.cancel}
          </button>
          <button type="submit" className="btn primary" disabled={save.isPending}>
            {server ? say.monitors.save : say.speed.addServer}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
