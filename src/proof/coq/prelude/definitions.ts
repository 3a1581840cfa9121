/** Terms as they are written, and definitions put in the place of their atoms. Coq source. */
export const DEFINITIONS = `(* Definitions put in the place of their atoms. *)
Inductive written_guard := Equal (a b : expr) | Inside (e n : expr).
Record written_term := Written {
  w_coef : Z; w_bounds : list (variable * expr); w_guards : list written_guard; w_atoms : list (variable * list expr) }.
Record definition := Defined { d_name : variable; d_free : list variable; d_terms : list written_term }.

Definition normal_guard (g : written_guard) : guard :=
  match g with Equal a b => GEq (psub (norm a) (norm b)) | Inside e n => GIn (norm e) (norm n) end.
Definition normal (t : written_term) : term :=
  Term (w_coef t) (map (fun b => (fst b, norm (snd b))) (w_bounds t)) (map normal_guard (w_guards t))
    (map (fun a => (fst a, map norm (snd a))) (w_atoms t)).

Fixpoint lookup (fs : list variable) (ps : list poly) (v : variable) : poly :=
  match fs, ps with f :: fs, p :: ps => if Pos.eqb v f then p else lookup fs ps v | _, _ => pvar v end.
Fixpoint bind (fs : list variable) (zs : list Z) (r : env) (v : variable) : Z :=
  match fs, zs with f :: fs, z :: zs => if Pos.eqb v f then z else bind fs zs r v | _, _ => r v end.

(* New names ws for the bounds: what to substitute, and the bounds renamed. *)
Fixpoint renames (used : list variable) (s : substitution) (bs : list bound) (ws : list variable)
  : option (substitution * list bound) :=
  match bs, ws with
  | [], [] => Some (s, [])
  | (v, n) :: bs, w :: ws =>
    if forallb (fun u => Pos.eqb u v || mem u (names bs) || negb (mem w (pvars (s u)))) used then
      match renames used (fun u => if Pos.eqb u v then pvar w else s u) bs ws with
      | Some (s', bs') => Some (s', (w, n) :: bs')
      | None => None
      end
    else None
  | _, _ => None
  end.
Definition past {T} (k : nat) (l : list T) : list T := skipn (S k) l.
Definition inline1 (free : list variable) (ix : list poly) (k : nat) (t b : term) (ws : list variable) : option term :=
  let used := vars (guards b) (atoms b) in
  if apart ws (vars (guards t) (atoms t))
    && forallb (fun u => mem u (names (bounds b)) || mem u free || negb (mem u (names (bounds t)))) used
    && apart (flat_map (fun x => pvars (snd x)) (bounds b)) free
  then
    match renames used (lookup free ix) (bounds b) ws with
    | Some (s, bs) => Some (Term (coef t * coef b) (bounds t ++ bs) (guards t ++ map (gsubst s) (guards b))
        (firstn k (atoms t) ++ map (asubst s) (atoms b) ++ past k (atoms t)))
    | None => None
    end
  else None.
Fixpoint inlines (free : list variable) (ix : list poly) (k : nat) (t : term) (bs : list term) (hints : list (list variable))
  : option (list term) :=
  match bs, hints with
  | [], [] => Some []
  | b :: bs, ws :: hints =>
    match inline1 free ix k t b ws, inlines free ix k t bs hints with
    | Some t', Some ts => Some (t' :: ts)
    | _, _ => None
    end
  | _, _ => None
  end.
Definition inline (defs : list definition) (k : nat) (hints : list (list variable)) (t : term) : option (list term) :=
  match nth_error (atoms t) k with
  | Some (y, ix) =>
    match find (fun d => Pos.eqb (d_name d) y) defs with
    | Some d => if Nat.eqb (length ix) (length (d_free d)) then inlines (d_free d) ix k t (map normal (d_terms d)) hints else None
    | None => None
    end
  | None => None
  end.
(* Each instruction is for the first open term: it is done, or its k-th atom gives way to its definition. *)
Fixpoint unfolded (outer : list variable) (defs : list definition) (is : list (option (nat * list (list variable))))
  (open : list term) : option (list term) :=
  match is, open with
  | [], [] => Some []
  | None :: is, t :: open =>
    match unfolded outer defs is open with Some ts => if wf outer (bounds t) then Some (t :: ts) else None | None => None end
  | Some (k, hints) :: is, t :: open =>
    if wf outer (bounds t) then
      match inline defs k hints t with Some ts => unfolded outer defs is (ts ++ open) | None => None end
    else None
  | _, _ => None
  end.
`;
