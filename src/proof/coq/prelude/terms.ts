/** Guarded sums of products, and what they are worth. Coq source. */
export const TERMS = String.raw`(* Terms: coefficient * sum over the bounds of product of guards * product of atoms. *)
Inductive guard := GEq (zero : poly) | GIn (value extent : poly).
Definition bound := (variable * poly)%type.
Definition atom := (variable * list poly)%type.
Record term := Term { coef : Z; bounds : list bound; guards : list guard; atoms : list atom }.
Definition names (bs : list bound) : list variable := map fst bs.

Definition gvars (g : guard) : list variable := match g with GEq p => pvars p | GIn p n => pvars p ++ pvars n end.
Definition avars (a : atom) : list variable := flat_map pvars (snd a).
Definition vars (gs : list guard) (ats : list atom) : list variable := flat_map gvars gs ++ flat_map avars ats.

Definition substitution := variable -> poly.
Definition single (v : variable) (p : poly) : substitution := fun u => if Pos.eqb u v then p else pvar u.
Definition gsubst (s : substitution) (g : guard) : guard :=
  match g with GEq p => GEq (psubst s p) | GIn p n => GIn (psubst s p) (psubst s n) end.
Definition asubst (s : substitution) (a : atom) : atom := (fst a, map (psubst s) (snd a)).

Definition gval (r : env) (g : guard) : bool :=
  match g with GEq p => pval r p =? 0 | GIn p n => inside (pval r p) (pval r n) end.
Definition gvals (r : env) (gs : list guard) : bool := forallb (gval r) gs.

Fixpoint take (v : variable) (bs : list bound) : option (poly * list bound) :=
  match bs with
  | [] => None
  | (u, n) :: bs =>
    if Pos.eqb u v then Some (n, bs) else
    match take v bs with Some (m, rest) => Some (m, (u, n) :: rest) | None => None end
  end.
Fixpoint remove_at {T} (k : nat) (l : list T) : list T :=
  match k, l with O, _ :: l => l | S k, x :: l => x :: remove_at k l | _, [] => [] end.
Fixpoint replace_at {T} (k : nat) (y : T) (l : list T) : list T :=
  match k, l with O, _ :: l => y :: l | S k, x :: l => x :: replace_at k y l | _, [] => [] end.

(* An environment that the sum over the bounds comes by, starting from r. *)
Definition reach (r0 : env) (bs : list bound) (r r' : env) : Prop :=
  (forall v, ~ In v (names bs) -> r' v = r v) /\ (forall v n, In (v, n) bs -> 0 <= r' v < pval r0 n).

Lemma update_same r v k : update r v k v = k.
Proof. unfold update. now rewrite Pos.eqb_refl. Qed.
Lemma update_other r v k u : u <> v -> update r v k u = r u.
Proof. unfold update. destruct (Pos.eqb_spec u v); congruence. Qed.
Lemma update_swap r v w j k u : v <> w -> update (update r v j) w k u = update (update r w k) v j u.
Proof. unfold update. destruct (Pos.eqb_spec u w), (Pos.eqb_spec u v); congruence. Qed.
Lemma update_ext r s v k u : (forall x, r x = s x) -> update r v k u = update s v k u.
Proof. intros H. unfold update. now destruct (Pos.eqb u v). Qed.

Lemma gval_ext r s g : (forall v, In v (gvars g) -> r v = s v) -> gval r g = gval s g.
Proof.
  destruct g; simpl; intros H; [now rewrite (pval_ext r s)|].
  rewrite (pval_ext r s value), (pval_ext r s extent); auto; intros; apply H, in_or_app; auto.
Qed.
Lemma gvals_ext r s gs : (forall v, In v (flat_map gvars gs) -> r v = s v) -> gvals r gs = gvals s gs.
Proof.
  unfold gvals. induction gs as [|g gs IH]; simpl; intros H; [reflexivity|].
  rewrite (gval_ext r s), IH; auto; intros; apply H, in_or_app; auto.
Qed.
Lemma gval_subst r s g : gval r (gsubst s g) = gval (fun v => pval r (s v)) g.
Proof. destruct g; simpl; now rewrite !psubst_val. Qed.
Lemma gvals_subst r s gs : gvals r (map (gsubst s) gs) = gvals (fun v => pval r (s v)) gs.
Proof. unfold gvals. induction gs as [|g gs IH]; simpl; [reflexivity|]. now rewrite gval_subst, IH. Qed.
Lemma gvals_app r a b : gvals r (a ++ b) = gvals r a && gvals r b.
Proof. apply forallb_app. Qed.
Lemma gvals_remove r gs : forall k g, nth_error gs k = Some g -> gvals r gs = gval r g && gvals r (remove_at k gs).
Proof.
  unfold gvals. induction gs as [|h gs IH]; intros [|k] g; simpl; try discriminate; [now intros [= ->]|].
  intros H. rewrite (IH _ _ H). destruct (gval r h), (gval r g); reflexivity.
Qed.
Lemma gvals_replace r gs : forall k g h, nth_error gs k = Some g ->
  gvals r (replace_at k h gs) = gval r h && gvals r (remove_at k gs).
Proof.
  unfold gvals. induction gs as [|i gs IH]; intros [|k] g h; simpl; try discriminate; [reflexivity|].
  intros H. rewrite (IH _ _ h H). destruct (gval r h), (gval r i); reflexivity.
Qed.
Lemma remove_map {T U} (f : T -> U) l : forall k, remove_at k (map f l) = map f (remove_at k l).
Proof. induction l as [|x l IH]; intros [|k]; simpl; auto. now rewrite IH. Qed.
Lemma remove_in {T} (x : T) l : forall k, In x (remove_at k l) -> In x l.
Proof. induction l as [|y l IH]; intros [|k]; simpl; auto. intros [|]; eauto. Qed.
Lemma take_in v bs : forall n rest, take v bs = Some (n, rest) -> Permutation bs ((v, n) :: rest).
Proof.
  induction bs as [|[u m] bs IH]; simpl; intros n rest; [discriminate|].
  destruct (Pos.eqb_spec u v) as [->|]; [now intros [= -> ->]|].
  destruct (take v bs) as [[k l]|]; [|discriminate]. intros [= -> <-].
  etransitivity; [apply perm_skip, IH; reflexivity|apply perm_swap].
Qed.

Section Values.
Context {ring : CommutativeRing}.
Add Ring values_of_terms : laws.
Definition tensors := variable -> list Z -> carrier.

Fixpoint aval (te : tensors) (r : env) (ats : list atom) : carrier :=
  match ats with [] => one | (t, ix) :: ats => te t (map (pval r) ix) [*] aval te r ats end.
Definition body (te : tensors) (gs : list guard) (ats : list atom) (r : env) : carrier :=
  when (gvals r gs) (aval te r ats).
Fixpoint sums (r0 : env) (bs : list bound) (r : env) (f : env -> carrier) : carrier :=
  match bs with [] => f r | (v, n) :: bs => sum (pval r0 n) (fun k => sums r0 bs (update r v k) f) end.
Definition tval (te : tensors) (r0 : env) (t : term) : carrier :=
  of_Z (coef t) [*] sums r0 (bounds t) r0 (body te (guards t) (atoms t)).
Fixpoint tvals (te : tensors) (r0 : env) (ts : list term) : carrier :=
  match ts with [] => zero | t :: ts => tval te r0 t [+] tvals te r0 ts end.

Lemma map_pval_ext r s ix : (forall v, In v (flat_map pvars ix) -> r v = s v) -> map (pval r) ix = map (pval s) ix.
Proof.
  induction ix as [|p ix IH]; simpl; intros H; [reflexivity|].
  rewrite (pval_ext r s), IH; auto; intros; apply H, in_or_app; auto.
Qed.
Lemma aval_ext te r s ats : (forall v, In v (flat_map avars ats) -> r v = s v) -> aval te r ats = aval te s ats.
Proof.
  induction ats as [|[t ix] ats IH]; simpl; intros H; [reflexivity|].
  rewrite (map_pval_ext r s), IH; auto; intros; apply H, in_or_app; auto.
Qed.
Lemma aval_subst te r s ats : aval te r (map (asubst s) ats) = aval te (fun v => pval r (s v)) ats.
Proof.
  induction ats as [|[t ix] ats IH]; simpl; [reflexivity|]. rewrite IH, map_map. do 2 f_equal.
  apply map_ext. intros. apply psubst_val.
Qed.
Lemma aval_app te r a b : aval te r (a ++ b) = aval te r a [*] aval te r b.
Proof. induction a as [|[t ix] a IH]; simpl; [ring|]. rewrite IH. ring. Qed.
Lemma body_ext te gs ats r s : (forall v, In v (vars gs ats) -> r v = s v) -> body te gs ats r = body te gs ats s.
Proof.
  intros H. unfold body. rewrite (gvals_ext r s), (aval_ext te r s); auto; intros; apply H, in_or_app; auto.
Qed.
Lemma body_subst te gs ats r s : body te (map (gsubst s) gs) (map (asubst s) ats) r = body te gs ats (fun v => pval r (s v)).
Proof. unfold body. now rewrite gvals_subst, aval_subst. Qed.
Lemma single_val r v p u : pval r (single v p u) = update r v (pval r p) u.
Proof. unfold single, update. destruct (Pos.eqb u v); auto using pvar_val. Qed.

Definition respects (f : env -> carrier) : Prop := forall r s, (forall v, r v = s v) -> f r = f s.
Lemma body_respects te gs ats : respects (body te gs ats).
Proof. intros r s H. apply body_ext. auto. Qed.

Lemma sums_respects r0 bs f : respects f -> respects (fun r => sums r0 bs r f).
Proof.
  intros F. induction bs as [|[v n] bs IH]; simpl; auto. intros r s H.
  apply sum_ext. intros. apply IH. intros. now apply update_ext.
Qed.
Lemma sums_ext r0 bs f g : NoDup (names bs) -> forall r, (forall r', reach r0 bs r r' -> f r' = g r') ->
  sums r0 bs r f = sums r0 bs r g.
Proof.
  induction bs as [|[v n] bs IH]; simpl; intros D r H; [apply H; split; simpl; tauto|].
  inversion D as [|? ? out D']; subst. apply sum_ext. intros k K. apply IH; auto. intros r' [E I]. apply H. split; simpl.
  - intros u U. rewrite E by tauto. apply update_other. intros ->. tauto.
  - intros u m [[= -> ->]|U]; [|eauto]. rewrite E, update_same; auto.
Qed.
Lemma sums_pointwise r0 bs f g : (forall r, f r = g r) -> forall r, sums r0 bs r f = sums r0 bs r g.
Proof. intros H. induction bs as [|[v n] bs IH]; simpl; auto. intros. apply sum_ext. auto. Qed.
Lemma sums_zero r0 bs : forall r, sums r0 bs r (fun _ => zero) = zero.
Proof.
  induction bs as [|[v n] bs IH]; simpl; auto. intros. erewrite sum_ext; [apply sum_zero|]. auto.
Qed.
Lemma sums_add r0 bs f g : forall r, sums r0 bs r (fun e => f e [+] g e) = sums r0 bs r f [+] sums r0 bs r g.
Proof.
  induction bs as [|[v n] bs IH]; simpl; auto. intros. rewrite <- sum_add. apply sum_ext. auto.
Qed.
Lemma sums_mul r0 bs c f : forall r, c [*] sums r0 bs r f = sums r0 bs r (fun e => c [*] f e).
Proof. induction bs as [|[v n] bs IH]; simpl; auto. intros. rewrite sum_mul. apply sum_ext. auto. Qed.
Lemma sums_when r0 bs b f : forall r, when b (sums r0 bs r f) = sums r0 bs r (fun e => when b (f e)).
Proof. induction bs as [|[v n] bs IH]; simpl; auto. intros. rewrite sum_when. apply sum_ext. auto. Qed.
Lemma sums_app r0 a b f : forall r, sums r0 (a ++ b) r f = sums r0 a r (fun e => sums r0 b e f).
Proof. induction a as [|[v n] a IH]; simpl; auto. intros. apply sum_ext. auto. Qed.
Lemma sums_perm r0 a b f : respects f -> Permutation a b -> NoDup (names a) -> forall r, sums r0 a r f = sums r0 b r f.
Proof.
  intros F P. induction P as [|[v n] a b P IH|[v n] [w m] a|a b c P IH P' IH']; simpl; intros D r; auto.
  - inversion D. apply sum_ext. auto.
  - rewrite sum_swap. do 2 (apply sum_ext; intros). apply sums_respects; auto.
    intros. apply update_swap. inversion D as [|? ? out]. simpl in out. intuition congruence.
  - rewrite IH, IH'; auto. eapply Permutation_NoDup; [|exact D]. now apply Permutation_map.
Qed.
(* A bound index may be summed over last. *)
Lemma sums_out r0 bs f v n rest : respects f -> NoDup (names bs) -> take v bs = Some (n, rest) ->
  forall r, sums r0 bs r f = sums r0 rest r (fun e => sum (pval r0 n) (fun k => f (update e v k))).
Proof.
  intros F D T r. apply take_in in T.
  rewrite (sums_perm r0 bs (rest ++ [(v, n)])); auto; [apply (sums_app r0 rest [(v, n)])|].
  rewrite T. apply Permutation_cons_append.
Qed.
Lemma tvals_app te r0 a b : tvals te r0 (a ++ b) = tvals te r0 a [+] tvals te r0 b.
Proof. induction a as [|t a IH]; simpl; [ring|]. rewrite IH. ring. Qed.
End Values.
`;
