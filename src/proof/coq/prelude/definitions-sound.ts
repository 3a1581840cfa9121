/** Putting definitions in keeps what a term is worth. Coq source. */
export const DEFINITIONS_SOUND = String.raw`Section Unfolding.
Context {ring : CommutativeRing}.
Add Ring values_of_definitions : laws.

(* What is written is worth what a reader would say. *)
Definition w_test (r : env) (g : written_guard) : bool :=
  match g with Equal a b => eval r a =? eval r b | Inside e n => inside (eval r e) (eval r n) end.
Fixpoint w_when (r : env) (gs : list written_guard) (x : carrier) : carrier :=
  match gs with [] => x | g :: gs => when (w_test r g) (w_when r gs x) end.
Fixpoint w_times (te : tensors) (r : env) (x : carrier) (ats : list (variable * list expr)) : carrier :=
  match ats with [] => x | (t, ix) :: ats => w_times te r (x [*] te t (map (eval r) ix)) ats end.
Definition w_product (te : tensors) (r : env) (ats : list (variable * list expr)) : carrier :=
  match ats with [] => one | (t, ix) :: ats => w_times te r (te t (map (eval r) ix)) ats end.
Fixpoint w_sums (r0 : env) (bs : list (variable * expr)) (r : env) (f : env -> carrier) : carrier :=
  match bs with [] => f r | (v, n) :: bs => sum (eval r0 n) (fun k => w_sums r0 bs (update r v k) f) end.
Definition w_term (te : tensors) (r0 : env) (t : written_term) : carrier :=
  let x := w_sums r0 (w_bounds t) r0 (fun r => w_when r (w_guards t) (w_product te r (w_atoms t))) in
  if w_coef t =? 1 then x else of_Z (w_coef t) [*] x.
Fixpoint w_plus (te : tensors) (r0 : env) (x : carrier) (ts : list written_term) : carrier :=
  match ts with [] => x | t :: ts => w_plus te r0 (x [+] w_term te r0 t) ts end.
Definition w_terms (te : tensors) (r0 : env) (ts : list written_term) : carrier :=
  match ts with [] => zero | t :: ts => w_plus te r0 (w_term te r0 t) ts end.

Lemma w_when_normal r gs x : w_when r gs x = when (gvals r (map normal_guard gs)) x.
Proof.
  unfold gvals. induction gs as [|g gs IH]; simpl; [reflexivity|]. rewrite IH, when_when. f_equal. f_equal.
  destruct g; simpl; rewrite ?psub_val, !norm_val; [|reflexivity]. apply eq_true_iff_eq. rewrite !Z.eqb_eq. lia.
Qed.
Lemma map_norm r ix : map (pval r) (map norm ix) = map (eval r) ix.
Proof. rewrite map_map. apply map_ext. apply norm_val. Qed.
Lemma w_times_normal te r ats : forall x, w_times te r x ats = x [*] aval te r (map (fun a => (fst a, map norm (snd a))) ats).
Proof.
  induction ats as [|[t ix] ats IH]; simpl; intros; [ring|]. rewrite IH, map_norm. ring.
Qed.
Lemma w_product_normal te r ats : w_product te r ats = aval te r (map (fun a => (fst a, map norm (snd a))) ats).
Proof. destruct ats as [|[t ix] ats]; simpl; [reflexivity|]. now rewrite w_times_normal, map_norm. Qed.
Lemma w_sums_normal r0 bs f : forall r, w_sums r0 bs r f = sums r0 (map (fun b => (fst b, norm (snd b))) bs) r f.
Proof. induction bs as [|[v n] bs IH]; simpl; auto. intros. rewrite norm_val. apply sum_ext. auto. Qed.
Lemma w_term_normal te r0 t : w_term te r0 t = tval te r0 (normal t).
Proof.
  destruct t as [c bs gs ats]. unfold w_term, tval. cbn [w_coef w_bounds w_guards w_atoms normal coef bounds guards atoms].
  rewrite w_sums_normal. erewrite sums_pointwise; [|intros; rewrite w_when_normal, w_product_normal; reflexivity].
  destruct (Z.eqb_spec c 1) as [->|]; [rewrite of_Z_1; unfold body; ring|reflexivity].
Qed.
Lemma w_plus_normal te r0 ts : forall x, w_plus te r0 x ts = x [+] tvals te r0 (map normal ts).
Proof. induction ts as [|t ts IH]; simpl; intros; [ring|]. rewrite IH, w_term_normal. ring. Qed.
Lemma w_terms_normal te r0 ts : w_terms te r0 ts = tvals te r0 (map normal ts).
Proof. destruct ts; simpl; [reflexivity|]. now rewrite w_plus_normal, w_term_normal. Qed.

Lemma lookup_val r fs : forall ps v, pval r (lookup fs ps v) = bind fs (map (pval r) ps) r v.
Proof.
  induction fs as [|f fs IH]; intros [|p ps] v; cbn [lookup bind map]; auto using pvar_val. destruct (Pos.eqb v f); auto.
Qed.
Lemma bind_out fs : forall zs r s v, r v = s v -> bind fs zs r v = bind fs zs s v.
Proof. induction fs as [|f fs IH]; intros [|z zs] r s v H; simpl; auto. destruct (Pos.eqb v f); auto. Qed.
Lemma bind_in fs : forall zs r s v, length zs = length fs -> In v fs -> bind fs zs r v = bind fs zs s v.
Proof.
  induction fs as [|f fs IH]; intros [|z zs] r s v; simpl; try tauto; try discriminate. intros [= L] H.
  destruct (Pos.eqb_spec v f); auto. apply IH; auto. intuition congruence.
Qed.
Lemma bind_free fs : forall zs r v, ~ In v fs -> bind fs zs r v = r v.
Proof.
  induction fs as [|f fs IH]; intros [|z zs] r v; simpl; auto. intros H. destruct (Pos.eqb_spec v f); [subst; tauto|]. apply IH. tauto.
Qed.

Lemma renames_sound used r0 rd F G bs : forall ws s s' bs' r1 r2,
  renames used s bs ws = Some (s', bs') ->
  (forall v n, In (v, n) bs -> pval rd n = pval r0 n) ->
  (forall u, In u used -> ~ In u (names bs) -> pval r2 (s u) = r1 u) ->
  (forall r1' r2' : env, (forall u, In u used -> pval r2' (s' u) = r1' u) -> (forall u, ~ In u ws -> r2' u = r2 u) -> F r1' = G r2') ->
  sums rd bs r1 F = sums r0 bs' r2 G.
Proof.
  induction bs as [|[v n] bs IH]; intros [|w ws] s s' bs' r1 r2; simpl; try discriminate.
  - intros [= -> <-] _ I H. simpl. apply H; auto.
  - match goal with |- (if ?b then _ else _) = _ -> _ => destruct b eqn:B; [|discriminate] end.
    destruct (renames _ _ bs ws) as [[s'' bs'']|] eqn:R; [|discriminate]. intros [= -> <-] X I H. simpl.
    rewrite (X v n) by auto. apply sum_ext. intros k _. eapply IH; eauto.
    + intros u U Nu. cbn beta. destruct (Pos.eqb_spec u v) as [->|Nv]; [now rewrite pvar_val, !update_same|].
      rewrite (update_other r1) by auto. rewrite <- I; auto; [|intros [|]; congruence].
      apply pval_ext. intros x Xx. apply update_other. intros ->.
      rewrite forallb_forall in B. specialize (B u U). rewrite !orb_true_iff, negb_true_iff in B.
      destruct B as [[B|B]|B]; [apply Pos.eqb_eq in B; congruence|now apply mem_in in B|now apply mem_out in B].
    + intros r1' r2' J K. apply H; auto. intros u U. rewrite K by tauto. apply update_other. intros ->. tauto.
Qed.

Lemma at_split {T} (l : list T) : forall k x, nth_error l k = Some x -> l = firstn k l ++ x :: past k l.
Proof.
  unfold past. induction l as [|y l IH]; intros [|k] x; simpl; try discriminate; [now intros [= ->]|]. intros H. f_equal. now apply IH.
Qed.

Section Inline.
Variables (te : tensors) (r0 : env) (base : list poly) (more : list variable).
Notation outer := (flat_map pvars base ++ more).

(* The term with f for its k-th atom. *)
Definition hole (t : term) (k : nat) (f : env -> carrier) : carrier :=
  of_Z (coef t) [*] sums r0 (bounds t) r0 (fun r => when (gvals r (guards t))
    (aval te r (firstn k (atoms t)) [*] f r [*] aval te r (past k (atoms t)))).
Lemma hole_add t k f g : hole t k (fun r => f r [+] g r) = hole t k f [+] hole t k g.
Proof.
  unfold hole. transitivity (of_Z (coef t) [*] sums r0 (bounds t) r0 (fun r =>
    when (gvals r (guards t)) (aval te r (firstn k (atoms t)) [*] f r [*] aval te r (past k (atoms t))) [+]
    when (gvals r (guards t)) (aval te r (firstn k (atoms t)) [*] g r [*] aval te r (past k (atoms t))))).
  - f_equal. apply sums_pointwise. intros. rewrite <- when_add. f_equal. ring.
  - rewrite sums_add. ring.
Qed.
Lemma hole_zero t k : hole t k (fun _ => zero) = zero.
Proof.
  unfold hole. rewrite (sums_pointwise _ _ _ (fun _ => zero)), sums_zero; [ring|].
  intros r. destruct (gvals r (guards t)); simpl; ring.
Qed.
Lemma hole_atom t k y ix : nth_error (atoms t) k = Some (y, ix) -> tval te r0 t = hole t k (fun r => te y (map (pval r) ix)).
Proof.
  intros H. unfold tval, hole. f_equal. apply sums_pointwise. intros r. unfold body. f_equal.
  rewrite (f_equal (aval te r) (at_split _ _ _ H)), aval_app. cbn [aval]. ring.
Qed.
Lemma hole_ext t k f g : wf outer (bounds t) = true -> (forall r, reach r0 (bounds t) r0 r -> f r = g r) -> hole t k f = hole t k g.
Proof.
  intros W H. unfold hole. f_equal. apply sums_ext; [apply (wf_nodup base more); exact W|]. intros r R. now rewrite H.
Qed.

Lemma inline1_sound free y ix k t b ws t' : wf outer (bounds t) = true -> nth_error (atoms t) k = Some (y, ix) ->
  length ix = length free -> inline1 free ix k t b ws = Some t' ->
  tval te r0 t' = hole t k (fun r => tval te (bind free (map (pval r) ix) r0) b).
Proof.
  intros W G L. unfold inline1.
  match goal with |- (if ?b then _ else _) = _ -> _ => destruct b eqn:B; [|discriminate] end.
  rewrite !andb_true_iff in B. destruct B as [[Aw Au] Ae].
  destruct (renames _ _ _ _) as [[s bs']|] eqn:R; [|discriminate]. intros [= <-].
  unfold tval at 1, hole. cbn [coef bounds guards atoms]. rewrite of_Z_mul, sums_app.
  rewrite <- (Rmul_assoc laws).
  f_equal. rewrite sums_mul. apply sums_ext; [apply (wf_nodup base more); exact W|]. intros r [E _]. unfold tval.
  set (rd := bind free (map (pval r) ix) r0).
  transitivity (sums rd (bounds b) rd (fun e => of_Z (coef b) [*] when (gvals r (guards t))
    (aval te r (firstn k (atoms t)) [*] body te (guards b) (atoms b) e [*] aval te r (past k (atoms t))))).
  - rewrite <- sums_mul. f_equal. symmetry.
    eapply renames_sound; eauto.
    + intros v n I. apply pval_ext. intros u U. apply bind_free. apply (apart_spec _ _ Ae). apply in_flat_map. now exists (v, n).
    + intros u U Nu. rewrite lookup_val. unfold rd.
      rewrite forallb_forall in Au. specialize (Au u U). rewrite !orb_true_iff, negb_true_iff, !mem_in, mem_out in Au.
      destruct Au as [[Au|Au]|Au]; [tauto|apply bind_in; [now rewrite map_length|exact Au]|apply bind_out; auto].
    + intros r1 r2 I J. unfold body.
      assert (At : forall u, In u (vars (guards t) (atoms t)) -> r2 u = r u).
      { intros u U. apply J. intros K. now apply (apart_spec _ _ Aw u). }
      rewrite gvals_app, (gvals_ext r2 r (guards t)) by (intros; apply At, in_or_app; auto).
      rewrite !aval_app, gvals_subst, aval_subst.
      rewrite (gvals_ext (fun v => pval r2 (s v)) r1) by (intros; apply I, in_or_app; auto).
      rewrite (aval_ext te (fun v => pval r2 (s v)) r1) by (intros; apply I, in_or_app; auto).
      assert (Aa : forall u, In u (flat_map avars (firstn k (atoms t))) \/ In u (flat_map avars (past k (atoms t))) -> r2 u = r u).
      { intros u U. apply At, in_or_app. right. rewrite (at_split _ _ _ G), flat_map_app. cbn [flat_map]. rewrite !in_app_iff. tauto. }
      rewrite (aval_ext te r2 r (firstn k (atoms t))), (aval_ext te r2 r (past k (atoms t))) by auto.
      rewrite <- when_when. f_equal. destruct (gvals r1 (guards b)); simpl; ring.
  - rewrite <- sums_mul, <- sums_when.
    destruct (gvals r (guards t)); simpl; [|ring].
    set (a := aval te r (firstn k (atoms t))). set (z := aval te r (past k (atoms t))).
    rewrite (sums_pointwise _ _ _ (fun e => (a [*] z) [*] body te (guards b) (atoms b) e)) by (intros; ring).
    rewrite <- sums_mul. ring.
Qed.
Lemma inlines_sound free y ix k t bs : forall hints ts, wf outer (bounds t) = true -> nth_error (atoms t) k = Some (y, ix) ->
  length ix = length free -> inlines free ix k t bs hints = Some ts ->
  tvals te r0 ts = hole t k (fun r => tvals te (bind free (map (pval r) ix) r0) bs).
Proof.
  induction bs as [|b bs IH]; intros [|ws hints] ts W G L; simpl; try discriminate.
  - intros [= <-]. symmetry. apply hole_zero.
  - destruct (inline1 _ _ _ _ _ _) as [t'|] eqn:E; [|discriminate]. destruct (inlines _ _ _ _ _ _) as [ts'|] eqn:F; [|discriminate].
    intros [= <-]. simpl. rewrite hole_add, (inline1_sound _ _ _ _ _ _ _ _ W G L E). f_equal. eauto.
Qed.

(* The tensor that a definition names is what it says, at every index. *)
Fixpoint at_all (n : nat) (P : list Z -> Prop) : Prop :=
  match n with O => P [] | S n => forall i, at_all n (fun ix => P (i :: ix)) end.
Lemma at_all_spec n : forall P, at_all n P -> forall ix, length ix = n -> P ix.
Proof.
  induction n as [|n IH]; intros P H [|i ix]; simpl; try discriminate; auto. intros [= L]. now apply (IH _ (H i)).
Qed.
Definition holds (d : definition) : Prop :=
  at_all (length (d_free d)) (fun ix => te (d_name d) ix = w_terms te (bind (d_free d) ix r0) (d_terms d)).

Lemma inline_sound defs k hints t ts : Forall holds defs -> wf outer (bounds t) = true -> inline defs k hints t = Some ts ->
  tval te r0 t = tvals te r0 ts.
Proof.
  intros D W. unfold inline. destruct (nth_error (atoms t) k) as [[y ix]|] eqn:G; [|discriminate].
  destruct (find _ defs) as [d|] eqn:F; [|discriminate]. destruct (Nat.eqb_spec (length ix) (length (d_free d))) as [L|]; [|discriminate].
  intros I. rewrite (inlines_sound _ _ _ _ _ _ _ _ W G L I), (hole_atom _ _ _ _ G). apply hole_ext; auto. intros r _.
  apply find_some in F as [F N]. apply Pos.eqb_eq in N. subst. rewrite Forall_forall in D. specialize (D _ F).
  rewrite <- w_terms_normal. apply (at_all_spec _ _ D). now rewrite map_length.
Qed.
Theorem unfolded_sound defs is : forall open ts, Forall holds defs -> unfolded outer defs is open = Some ts ->
  tvals te r0 open = tvals te r0 ts /\ Forall (fun t => wf outer (bounds t) = true) ts.
Proof.
  induction is as [|[[k hints]|] is IH]; intros [|t open] ts D; cbn [unfolded]; try discriminate.
  - intros [= <-]. auto.
  - destruct (wf _ _) eqn:W; [|discriminate]. destruct (inline _ _ _ _) as [new|] eqn:I; [|discriminate]. intros U.
    destruct (IH _ _ D U) as [E F]. split; auto. simpl. rewrite (inline_sound _ _ _ _ _ D W I), <- tvals_app. exact E.
  - destruct (unfolded _ _ _ _) as [ts'|] eqn:U; [|discriminate]. destruct (wf _ _) eqn:W; [|discriminate].
    intros [= <-]. destruct (IH _ _ D U) as [E F]. split; [|auto]. simpl. now rewrite E.
Qed.
End Inline.
End Unfolding.
`;
