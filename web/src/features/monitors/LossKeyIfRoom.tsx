import { LossKey } from '../../parts/LossKey';

/** The legend beside a title; on phones it stands below the board. */
export const LossKeyIfRoom = () => (
  <span className="max-tablet:hidden">
    <LossKey />
  </span>
);
